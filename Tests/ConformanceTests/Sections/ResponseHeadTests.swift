import HTTP
import Testing

@testable import Conformance

@Suite struct ResponseHeadTests {
    static let broken: [Example] = [
        Example("1.1", .stream) { $0 = Answer(status: 404) },
        Example("1.1", .stream) { $0 = Answer(status: 302, ["Location": "/other"]) },
        Example("1.1", .stream) {
            $0.raw = []
            $0.end = .timeout("TIMEOUT_HEADERS")
        },
        Example("1.2", .stream) { $0["Content-Type"] = "text/plain" },
        Example("1.2", .stream) { $0["Content-Type"] = nil },
        Example("1.3", .stream) { $0["Content-Type"] = "text/event-stream; charset=ISO-8859-1" },
        Example("1.4", .stream) { $0["Content-Type"] = "text/event-stream; boundary=x" },
        Example("1.5", .stream) { $0.start = "HTTP/1.1 abc" },
        Example("1.6", .stream) { $0.raw = Array("HTTP/1.1 200 OK\nContent-Type: text/event-stream\r\n\r\n".utf8) },
        Example("1.7", .stream) {
            $0.start = "HTTP/1.0 200 OK"
            $0["Transfer-Encoding"] = nil
        },
        Example("1.8", .stream) { $0.fields.append(HTTPField("Content-Type", "text/event-stream")) },
        Example("1.9", .stream) { $0["Date"] = nil },
        Example("1.10", .stream) { $0["Date"] = "1994-11-06T08:49:37Z" },
        Example("1.11", .stream) { $0["Content-Length"] = "5" },
        Example("1.12", .stream) {
            $0["Transfer-Encoding"] = nil
            $0["Content-Length"] = "-1"
        },
        Example("1.13", .stream) {
            $0["Transfer-Encoding"] = nil
            $0["Content-Length"] = "500"
        },
        Example("1.14", .stream) { $0["Transfer-Encoding"] = "gzip, chunked" },
        Example("1.15", .stream) { $0["Transfer-Encoding"] = nil },
        Example("1.16", .stream) { $0["Cache-Control"] = "public, max-age=60" },
        Example("1.17", .stream) { $0["X-Accel-Buffering"] = nil },
        Example("1.18", .stream) { $0["X-Padding"] = String(repeating: "x", count: 5_000) },
        Example("1.19", .stream) { $0["Content-Encoding"] = "br" },
    ]

    @Test(arguments: broken) func isFound(_ example: Example) {
        #expect(example.outcome?.isFailure == true, "\(example.outcome as Any)")
    }

    @Test(arguments: ["text/event-stream", "text/event-stream;charset=utf-8", "Text/Event-Stream; Charset=\"UTF-8\""])
    func typesThatAreWell(_ type: String) {
        let seen = Good.seen { $0[.stream]?["Content-Type"] = type }
        for number in ["1.2", "1.3", "1.4"] { #expect(ConformanceSuite.find(number)?.outcome(of: seen) == .passed) }
    }

    @Test func aStatusThatStopsClientsIsNoFailure() {
        let seen = Good.seen { $0[.stream] = Answer(status: 204) }
        #expect(ConformanceSuite.find("1.1")?.outcome(of: seen).word == "not applicable")
    }

    @Test func aBodyThatEndsWithTheConnectionIsWellWhereItSaysSo() {
        let seen = Good.seen {
            $0[.stream]?["Transfer-Encoding"] = nil
            $0[.stream]?["Connection"] = "close"
        }
        #expect(ConformanceSuite.find("1.15")?.outcome(of: seen) == .passed)
    }
}
