/// One numbered requirement, and the function that judges it.
public struct ConformanceCase: Sendable {
    /// Judges what was observed; throws ``Unjudged`` where it cannot.
    typealias Judge = @Sendable (Observations) throws -> Outcome

    /// The number, after the section's: the 2 of 3.2.
    public let number: Int
    /// A few words.
    public let title: String
    /// How much it binds.
    public let level: RequirementLevel
    /// What the standard requires, as it says it.
    public let requirement: String
    /// The standard and its section.
    public let source: String
    /// The exchanges that it judges.
    public let exchanges: [ExchangeName]
    private let judge: Judge

    /// A case from its parts.
    ///
    /// - Parameters:
    ///   - exchanges: what it judges; an exchange that nobody asks for is not carried out.
    ///   - requirement: the standard's sentence.
    ///   - source: the standard and its section.
    init(
        _ number: Int,
        _ title: String,
        _ level: RequirementLevel,
        of exchanges: ExchangeName...,
        requires requirement: String,
        source: String,
        judge: @escaping Judge
    ) {
        self.number = number
        self.title = title
        self.level = level
        self.exchanges = exchanges
        self.requirement = requirement
        self.source = source
        self.judge = judge
    }

    /// What is sent, in a sentence.
    public var sent: String { exchanges.map(\.sentence).joined(separator: " ") }

    /// Judges what was observed.
    public func outcome(of observations: Observations) -> Outcome {
        // What did not come until then might still have come.
        guard !exchanges.contains(where: { observations.records[$0]?.end == .interrupted }) else {
            return .notMeasured("interrupted")
        }
        do {
            return try judge(observations)
        } catch {
            return (error as? Unjudged)?.outcome ?? .notMeasured("\(error)")
        }
    }
}

/// How much a requirement binds a server.
public enum RequirementLevel: String, CaseIterable, Codable, Comparable, Sendable {
    /// A standard demands it, or no `EventSource` could use the stream.
    case must
    /// A standard recommends it, or some clients would lose events or connections.
    case should
    /// It helps with proxies and browsers.
    case advice

    /// Whether one binds more than another: `must` is the least.
    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .must: 0
        case .should: 1
        case .advice: 2
        }
    }
}

/// What a case came to.
public enum Outcome: Equatable, Sendable {
    /// The requirement is met.
    case passed
    /// The requirement is broken.
    case failed(expected: String, actual: String)
    /// The requirement says nothing of this server, for a reason.
    case notApplicable(String)
    /// What was observed does not suffice to judge, for a reason.
    case notMeasured(String)

    /// Passed where a condition holds, failed where not.
    static func expect(_ isMet: Bool, _ expected: String, actual: @autoclosure () -> String) -> Outcome {
        isMet ? .passed : .failed(expected: expected, actual: actual())
    }

    /// The word for programs: `passed`, `failed`, `not applicable`, `not measured`.
    public var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .notApplicable: "not applicable"
        case .notMeasured: "not measured"
        }
    }

    /// Why there is no judgement; nil where there is one.
    public var reason: String? {
        switch self {
        case .passed, .failed: nil
        case .notApplicable(let reason), .notMeasured(let reason): reason
        }
    }

    /// Whether the requirement is broken.
    public var isFailure: Bool {
        if case .failed = self { return true }
        return false
    }
}

/// Why a case cannot be judged; thrown by what looks at the observations.
enum Unjudged: Error, Equatable {
    /// The requirement says nothing of this server.
    case notApplicable(String)
    /// What was observed does not suffice.
    case notMeasured(String)

    /// The outcome of a case that threw this.
    var outcome: Outcome {
        switch self {
        case .notApplicable(let reason): .notApplicable(reason)
        case .notMeasured(let reason): .notMeasured(reason)
        }
    }
}
