import EventStream
import Testing
import Vocabulary

@testable import Conformance

@Suite struct StreamTests {
    static let broken: [Example] = [
        Example("2.1", .stream) {
            $0.raw = Array(
                "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".utf8
            )
        },
        Example("2.2", .stream) { $0.pieces = [(1, Array("data: ".utf8) + [0xC3] + Array("\n\n".utf8))] },
        Example("2.3", .stream) { $0.text = "\u{FEFF}data: a\n\n" },
        Example("2.4", .stream) { $0.text = "data: a\n\n\u{FEFF}data: b\n\n" },
        Example("2.5", .stream) { $0.text = "data: a\r\n\n" },
        Example("2.6", .stream) { $0.text = "data: a\r\r" },
        Example("2.7", .stream) { $0.text = "id: a\0\ndata: a\n\n" },
        Example("2.8", .stream) { $0.text = "data: " + String(repeating: "x", count: CheckLimits.eventBytes) + "\n\n" },
        Example("2.9", .stream) { $0.text = "date: a\n\n" },
        Example("2.10", .stream) { $0.text = "event: ping\n\n" },
        Example("2.11", .stream) { $0.text = "retry: 3s\n\n" },
        Example("2.12", .stream) { $0.text = "retry: 0\n\n" },
        Example("2.13", .stream) { $0.text = "retry: 86400000\n\n" },
        Example("2.14", .stream) { $0.text = "id: " + String(repeating: "7", count: 2_000) + "\ndata: a\n\n" },
        Example("2.15", .stream) { $0.text = "event: error\ndata: a\n\n" },
        Example("2.16", .stream) { $0.text = "event: news \ndata: a\n\n" },
        Example("2.17", .stream) { $0.text = "data: a\n" },
        Example("2.18", .stream) {
            $0.pieces = [(1, Array("data: a\n".utf8)), (900, Array("\n".utf8))]
        },
        Example("2.19", .stream) { $0.end = .closed },
        Example("2.19", .stream) { $0.end = .failed("ECONNRESET") },
        Example("2.20", .stream) { $0.end = .closed },
        Example("2.21", .stream) { $0.pieces[1].moment = 2_600 },
        Example("2.21", .stream) { $0.pieces.remove(at: 2) },
        Example("2.22", .stream) { $0.pieces[1].bytes = Array(Good.event(1, Good.options.marks.first).utf8) },
        // A carriage return that is left as it is.
        Example("2.23", .stream) {
            let lines = Good.options.marks.firstText.split(separator: "\n").joined(separator: "\ndata: ")
            $0.pieces[1].bytes = Array("id: 1\ndata: \(lines)\n\n".utf8)
        },
        Example("2.24", .stream) { $0.pieces[2].bytes = Array(Good.event(1, Good.options.marks.second).utf8) },
    ]

    @Test(arguments: broken) func isFound(_ example: Example) {
        #expect(example.outcome?.isFailure == true, "\(example.outcome as Any)")
    }

    @Test(arguments: ["2.11", "2.12", "2.13"]) func aRetryThatIsWell(_ number: String) {
        let seen = Good.seen { $0[.stream]?.text = "retry: 3000\n\n" }
        #expect(ConformanceSuite.find(number)?.outcome(of: seen) == .passed)
    }

    @Test func anEndInGoodOrderIsWell() {
        let seen = Good.seen {
            $0[.stream]?.end = .closed
            $0[.stream]?["Transfer-Encoding"] = nil
        }
        #expect(ConformanceSuite.find("2.19")?.outcome(of: seen) == .passed)
    }

    @Test func whatIsStillOnItsWayIsNotJudged() {
        let seen = Good.seen { $0[.stream]?.pieces.append((4_900, Array("data: a".utf8))) }
        #expect(ConformanceSuite.find("2.17")?.outcome(of: seen).word == "not measured")
    }

    @Test(arguments: ["2.21", "2.22", "2.23", "2.24"]) func aRefusedPublishIsNotJudged(_ number: String) {
        let seen = Good.seen { $0[.stream]?.publications[0].status = 500 }
        #expect(ConformanceSuite.find(number)?.outcome(of: seen).word == "not measured")
    }
}
