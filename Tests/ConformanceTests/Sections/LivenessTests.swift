import EventStream
import Testing
import Vocabulary

@testable import Conformance

@Suite struct LivenessTests {
    static let broken: [Example] = [
        Example("5.1", .stream) { $0.headMoment = 1_500 },
        Example("5.2", .stream) { $0.pieces = [] },
        Example("5.2", .stream) { $0.pieces.removeFirst(4) },
        Example("5.3", .stream) { $0.pieces.removeLast(2) },
        Example("5.3", .stream) { $0.pieces = [] },
        Example("5.4", .stream) { $0.text = "event: ping\ndata: 1\n\n" },
        Example("5.5", .byteByByte) { $0 = Answer(status: 400) },
        Example("5.6", .halfClose) { $0.end = .failed("ECONNRESET") },
        Example("5.7", .closeAsked) { $0["Connection"] = nil },
        Example("5.8", .reuse) {
            $0.raw = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
            $0.end = .closed
        },
        Example("5.9", .afterReset) {
            $0.raw = []
            $0.end = .failed("ECONNREFUSED")
        },
        Example("5.9", .afterReset) { $0 = Answer(status: 503) },
    ]

    @Test(arguments: broken) func isFound(_ example: Example) {
        #expect(example.outcome?.isFailure == true, "\(example.outcome as Any)")
    }

    @Test func aShortTimeIsNoProofOfAHeartbeat() {
        let seen = Good.seen {
            $0[.stream]?.pieces.removeLast(3)
            $0[.stream]?.ended = 1_900
        }
        #expect(ConformanceSuite.find("5.3")?.outcome(of: seen).word == "not measured")
    }

    @Test func aConnectionThatIsSaidToCloseMayClose() {
        let seen = Good.seen {
            $0[.reuse]?.raw = Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)
            $0[.reuse]?.end = .closed
        }
        #expect(ConformanceSuite.find("5.8")?.outcome(of: seen) == .passed)
    }

    @Test func aHalfCloseMayEndTheStream() {
        let seen = Good.seen { $0[.halfClose]?.end = .closed }
        #expect(ConformanceSuite.find("5.6")?.outcome(of: seen) == .passed)
    }
}
