import EventLoop
import EventStream
import Foundation
import HTTP
import HydrotestKit
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

@Suite(Turn.sideBySide) struct TapTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

    private func tap(
        _ response: [UInt8],
        stays: Bool = false,
        _ change: (inout TapOptions) -> Void = { _ in }
    ) throws -> (end: TapEnd, lines: [String], request: String) {
        let server = try ScriptedServer { connection in
            let request = try connection.readRequest()
            // A client that has seen enough may close before everything is written.
            try? connection.write(response)
            if stays { _ = connection.readToEnd() }
            return ScriptedServer.Seen(request, ending: "")
        }
        var options = TapOptions(url: try Made.url(server.url("/events?topics=a")))
        options.maximumTime = 20 * .perSecond
        change(&options)
        var lines: [String] = []
        let end = try Tap(options) { lines.append($0) }.run()
        return (end, lines, String(decoding: server.stop().first?.bytes ?? [], as: UTF8.self))
    }

    private func tap(
        _ response: String,
        stays: Bool = false,
        _ change: (inout TapOptions) -> Void = { _ in }
    ) throws -> (end: TapEnd, lines: [String], request: String) {
        try tap(Array(response.utf8), stays: stays, change)
    }

    @Test func tellsEventsAsJSONLines() throws {
        let (end, lines, request) = try tap(
            Self.head
                + "retry: 500\nid: 7\nevent: news\ndata: a \"b\"\ndata: c\n\n: note\n\ndata\n\nid\ndata: d\n\ndata: lost"
        )
        #expect(end == .server)
        #expect(
            lines == [
                #"{"event":"news","data":"a \"b\"\nc","id":"7","retry":500}"#,
                #"{"event":"message","data":"","id":"7"}"#,
                #"{"event":"message","data":"d"}"#,
            ]
        )
        #expect(request.hasPrefix("GET /events?topics=a HTTP/1.1\r\n"))
        #expect(request.contains("\r\nAccept: text/event-stream\r\n"))
        #expect(request.contains("\r\nUser-Agent: hydrotest/\(Version.current)\r\n"))
    }

    @Test func tellsCommentsWhereAsked() throws {
        let (_, lines, _) = try tap(Self.head + ": a\n\n:b\n:  c\n\n") { $0.comments = true }
        #expect(lines == [#"{"comment":"a"}"#, #"{"comment":"b"}"#, #"{"comment":" c"}"#])
    }

    @Test func methodAndBodyAreSent() throws {
        let server = try ScriptedServer { connection in
            let request = try connection.read(until: "{ü}")
            try? connection.write(Array(Self.head.utf8))
            return ScriptedServer.Seen(request, ending: "")
        }
        var options = TapOptions(url: try Made.url(server.url("/chat")))
        options.method = "PATCH"
        options.body = "{ü}"
        options.maximumTime = 20 * .perSecond
        #expect(try Tap(options) { _ in }.run() == .server)
        let request = String(decoding: server.stop().first?.bytes ?? [], as: UTF8.self)
        #expect(request.hasPrefix("PATCH /chat HTTP/1.1\r\n"))
        #expect(request.hasSuffix("\r\nContent-Length: 4\r\n\r\n{ü}"))
    }

    /// Wherever it waits.
    @Test(arguments: ["", head, head + "data: 1\n\n"])
    func anInterruptEndsIt(response: String) throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try? connection.write(Array(response.utf8))
            _ = connection.readToEnd()
            return nil
        }
        defer { server.stop() }
        let started = MonotonicClock.now()
        let options = TapOptions(url: try Made.url(server.url()))
        let isInterrupted = { MonotonicClock.now() > started + 300 * .perMillisecond }
        #expect(try Tap(options, isInterrupted: isInterrupted) { _ in }.run() == .interrupted)
        #expect(MonotonicClock.now() - started < 10 * .perSecond)
    }

    @Test func headersReplaceDefaults() throws {
        let (_, _, request) = try tap(Self.head) {
            $0.headers = [HTTPField("accept", "*/*"), HTTPField("X-Token", "t")]
        }
        #expect(request.contains("\r\naccept: */*\r\nX-Token: t\r\n"))
        #expect(!request.contains("Accept:"))
    }

    @Test(arguments: [1, 2])
    func endsAtItsCount(count: Int) throws {
        let (end, lines, _) = try tap(Self.head + "data: 1\n\ndata: 2\n\ndata: 3\n\n", stays: true) { $0.count = count }
        #expect(end == .count)
        #expect(lines.count == count)
    }

    /// What one read unpacks to may be many pieces.
    @Test func endsAtItsCountWithinACompressedBody() throws {
        let body = Array(repeating: "data: \(String(repeating: "x", count: 1_000))\n\n", count: 500).joined()
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n"
        let bytes = Array(head.utf8) + GzipEncoder.compress(Array(body.utf8))
        let (end, lines, _) = try tap(bytes) { $0.count = 3 }
        #expect(end == .count)
        #expect(lines.count == 3)
        #expect(try tap(bytes).lines.count == 500)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n"])
    func anAnswerThatDoesNotComeInItsTimeIsAnError(response: String) throws {
        let error = #expect(throws: TapError.self) {
            try tap(response, stays: true) { $0.maximumTime = 80 * .perMillisecond }
        }
        #expect(error?.name == "TIMEOUT_HEADERS")
    }

    @Test(arguments: [head, head + "data: 1\n"])
    func endsAtItsTime(response: String) throws {
        let (end, lines, _) = try tap(response, stays: true) { $0.maximumTime = 80 * .perMillisecond }
        #expect(end == .time)
        #expect(lines.isEmpty)
    }

    @Test func anInterimResponseIsPassedOver() throws {
        let (end, lines, _) = try tap("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Self.head + "data: 1\n\n")
        #expect(end == .server)
        #expect(lines.count == 1)
    }

    @Test(arguments: ["", "Content-Length: 99\r\n"]) func theAnswerToHeadHasNoBodyToWaitFor(field: String) throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(field)\r\n"
        let (end, lines, request) = try tap(answer, stays: true) { $0.method = "HEAD" }
        #expect(end == .server)
        #expect(lines.isEmpty)
        #expect(request.hasPrefix("HEAD /events?topics=a HTTP/1.1\r\n"))
    }

    @Test(arguments: [
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "HTTP_404", "status 404"),
        (String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 17), "LIMIT_INTERIM_RESPONSES", ""),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: x\r\n\r\n", "HTTP_404", "status 404"),
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", "NOT_AN_EVENT_STREAM", "Content-Type"),
        ("", "ENDED_BEFORE_HEADERS", ""), ("SMTP ready\r\n", "MALFORMED_STATUS_LINE", ""),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\ndata: 1\n\n",
            "TRUNCATED_BODY", ""
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: br\r\n\r\n",
            "UNSUPPORTED_CONTENT_CODING", ""
        ),
    ])
    func namesWhatIsWrong(response: String, name: String, advice: String) throws {
        let error = try #require(throws: TapError.self) { try tap(response) }
        #expect(error.name == name)
        #expect(error.exitCode == ExitCode.fail)
        #expect(error.description.hasPrefix(name))
        #expect(advice.isEmpty || error.description.contains(advice))
    }

    @Test func aClosedPortIsUnreachable() throws {
        let server = try ScriptedServer { _ in nil }
        server.stop()
        let error = try #require(throws: TapError.self) {
            try Tap(TapOptions(url: Made.url(server.url()))) { _ in }.run()
        }
        #expect(error.name == "ECONNREFUSED")
        #expect(error.exitCode == ExitCode.targetUnreachable)
    }

    @Test func aHeaderThatCannotBeSentIsBadUsage() throws {
        let error = try #require(throws: TapError.self) {
            try tap(Self.head) { $0.headers = [HTTPField("X", "a\r\nY: b")] }
        }
        #expect(error.exitCode == ExitCode.badUsage)
    }

    @Test func certificatesAreVerifiedUnlessToldOtherwise() throws {
        let certificate = try SelfSignedCertificate()
        let context = try TLSServerContext(certificate)
        let server = try ScriptedServer { connection in
            try connection.handshake(context)
            try connection.readRequest()
            try connection.write(Self.head + "data: 1\n\n")
            return nil
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        try certificate.certificatePEM.write(to: file, atomically: true, encoding: .utf8)
        var options = TapOptions(url: try Made.url(server.url(scheme: "https")))
        let error = try #require(throws: TapError.self) { try Tap(options) { _ in }.run() }
        #expect(error.name == "TLS_SELF_SIGNED_CERTIFICATE")
        #expect(error.exitCode == ExitCode.targetUnreachable)
        options.authorityFile = file.path
        #expect(try Tap(options) { _ in }.run() == .server)
        options.authorityFile = nil
        options.insecure = true
        #expect(try Tap(options) { _ in }.run() == .server)
        options.insecure = false
        options.authorityFile = "/nonexistent.pem"
        #expect(try #require(throws: TapError.self) { try Tap(options) { _ in }.run() }.exitCode == ExitCode.badUsage)
    }
}
