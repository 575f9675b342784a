import Testing

@testable import Conformance

/// A made-up observation that breaks one requirement.
struct Example: Sendable, CustomTestStringConvertible {
    /// The number of the case that must fail.
    let number: String
    /// What differs from a server without a fault.
    let change: @Sendable (inout [ExchangeName: Answer]) -> Void

    init(_ number: String, _ change: @escaping @Sendable (inout [ExchangeName: Answer]) -> Void) {
        self.number = number
        self.change = change
    }

    /// An example that differs in one exchange.
    init(_ number: String, _ name: ExchangeName, _ change: @escaping @Sendable (inout Answer) -> Void) {
        self.init(number) { answers in
            var answer = answers[name] ?? Answer()
            change(&answer)
            answers[name] = answer
        }
    }

    var testDescription: String { number }

    /// What the case comes to.
    var outcome: Outcome? { ConformanceSuite.find(number)?.outcome(of: Good.seen(change)) }
}
