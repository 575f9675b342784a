import EventStream
import HTTP
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

@Suite(Turn.sideBySide) struct RequestLimitTests {
    @Test func announcedBodyOverTheLimitIsRefused() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        let length = ReferenceServerLimits.bodyBytes + 1
        try client.send("POST /broadcast?topic=a HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n")
        let response = try client.response()
        #expect(response.status == 413)
        #expect(response.fields.value(of: "connection") == "close")
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func bodyOfExactlyTheLimitIsAccepted() throws {
        let fixture = try ServerFixture()
        let body = String(repeating: "x", count: ReferenceServerLimits.bodyBytes)
        #expect(try fixture.observer.request("POST", "/broadcast?topic=a", body: body).status == 200)
    }

    @Test func chunkedBodyOverTheLimitIsRefused() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        var bytes = Array("POST /broadcast?topic=a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        for _ in 0...64 { ChunkedEncoder.append(chunk: [UInt8](repeating: 0x61, count: 1 << 10), to: &bytes) }
        try client.send(bytes)
        #expect(try client.response().status == 413)
    }

    @Test func headOverTheLimitIsRefused() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        let padding = String(repeating: "x", count: ReferenceServerLimits.headBytes)
        try client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nPadding: \(padding)\r\n\r\n")
        #expect(try client.response().status == 431)
    }

    @Test func targetOverTheLimitIsRefused() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        let padding = String(repeating: "x", count: ReferenceServerLimits.headBytes)
        try client.send("GET /\(padding) HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.response().status == 414)
    }

    @Test(arguments: [
        ("nonsense\r\n\r\n", "MALFORMED_REQUEST_LINE"),
        ("GET / HTTP/1.1\r\n\r\n", "BAD_HOST"),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "BAD_CONTENT_LENGTH"),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "BAD_CHUNK_SIZE"),
    ])
    func malformedRequestIsNamed(_ text: String, _ name: String) throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        try client.send(text)
        let response = try client.response()
        #expect(response.status == 400)
        #expect(response.body == name + "\n")
        #expect(try fixture.metric("sse_bad_requests_total") == 1)
    }

    @Test(arguments: ["", "GET /events HTTP/1.1\r\nHost:", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nh"])
    func unfinishedRequestTimesOut(_ text: String) throws {
        let fixture = try ServerFixture { $0.requestTimeout = 300 * .perMillisecond }
        // Falling silent after a request is no timeout of the observer.
        _ = try fixture.gauge("sockets")
        let client = try fixture.client()
        try client.send(text)
        #expect(try client.readToEnd().isEmpty)
        #expect(try ServerFixture.metric("sse_timeouts_total", from: fixture.client()) == 1)
    }

    @Test func unfinishedHandshakeTimesOut() throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.requestTimeout = 300 * .perMillisecond
        }
        _ = try fixture.gauge("sockets")
        let secure = try #require(fixture.secure)
        let client = try TestClient(TargetURL(tls: false, host: secure.host, port: secure.port, path: "/"))
        #expect(try client.readToEnd().isEmpty)
        #expect(try ServerFixture.metric("sse_timeouts_total", from: fixture.client()) == 1)
    }

    @Test func silenceBetweenRequestsIsNoTimeout() throws {
        let fixture = try ServerFixture { $0.requestTimeout = 300 * .perMillisecond }
        // Falling silent after a request is no timeout of the observer.
        _ = try fixture.gauge("sockets")
        let client = try fixture.client()
        #expect(try client.request("GET", "/healthz").status == 200)
        #expect(try client.readToEnd().isEmpty)
        #expect(try ServerFixture.metric("sse_timeouts_total", from: fixture.client()) == 0)
    }

    @Test func requestInPiecesIsRead() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        for byte in Array("POST /broadcast?topic=a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi".utf8) {
            try client.send([byte])
        }
        #expect(try client.response().body == "{\"reached\":0}\n")
    }

    @Test func expectationIsMet() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        let fields = "Host: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        try client.send("POST /broadcast?topic=a HTTP/1.1\r\n" + fields)
        #expect(try client.head().status == 100)
        try client.send("hi")
        #expect(try client.response().status == 200)
    }

    @Test func connectionServesManyRequestsUnlessToldToClose() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        for _ in 0..<3 { #expect(try client.request("GET", "/healthz").status == 200) }
        let last = try client.request("GET", "/healthz", fields: [HTTPField("Connection", "close")])
        #expect(last.fields.value(of: "connection") == "close")
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func pipelinedRequestsAreRefusedByClosing() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        let request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        try client.send(request + request)
        #expect(try client.response().fields.value(of: "connection") == "close")
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func chatteringStreamClientIsClosed() throws {
        let fixture = try ServerFixture()
        let (client, _) = try fixture.stream()
        // The server may close before all of it is sent.
        try? client.send([UInt8](repeating: 0x78, count: ReferenceServerLimits.surplusBytes + 1))
        #expect(try fixture.eventually { try fixture.gauge("clients") == 0 })
    }
}
