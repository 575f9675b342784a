import EventStream
import Testing

@testable import Conformance

@Suite struct RequestsTests {
    static let broken: [Example] = [
        Example("7.1", .absoluteForm) { $0 = Answer(status: 404) },
        Example("7.2", .fieldCase) { $0 = Answer(status: 400) },
        Example("7.3", .emptyLineFirst) { $0 = Answer(status: 400) },
        Example("7.4", .longTarget) { $0 = Answer(status: 414) },
        Example("7.5", .hugeTarget) { $0 = Answer(status: 431) },
        Example("7.5", .hugeTarget) {
            $0.raw = []
            $0.end = .closed
        },
        Example("7.6", .noHost) { $0 = Answer() },
        Example("7.7", .twoHosts) { $0 = Answer() },
        Example("7.8", .spaceBeforeColon) { $0 = Answer() },
        Example("7.9", .foldedField) { $0 = Answer(status: 500) },
        Example("7.10", .nullInField) { $0 = Answer("id: 7\0\u{37}\ndata: a\n\n") },
        Example("7.10", .nullInField) { $0 = Answer(status: 500) },
        Example("7.11", .badRequestLine) { $0 = Answer(status: 200) },
        Example("7.12", .noHost) { $0["Date"] = nil },
        Example("7.13", .noHost) {
            $0["Content-Length"] = "5"
            $0.end = .closed
        },
        Example("7.14", .noHost) { $0["Content-Type"] = "text/event-stream" },
    ]

    @Test(arguments: broken) func isFound(_ example: Example) {
        #expect(example.outcome?.isFailure == true, "\(example.outcome as Any)")
    }

    @Test func unfoldingIsWell() {
        let seen = Good.seen { $0[.foldedField] = Answer() }
        #expect(ConformanceSuite.find("7.9")?.outcome(of: seen) == .passed)
    }
}
