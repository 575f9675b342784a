import EventLoop
import HTTP
import Glibc
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct HTTPClientTests {
    private static let patience = 10 * Nanoseconds.perSecond
    private static let hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

    private func text(_ answer: HTTPAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

    /// What a client makes of one connection that sends a text and closes.
    private func exchange(_ response: String, method: String = "GET") throws -> HTTPAnswer {
        let server = try ScriptedServer([[.readRequest(), .send(response)]])
        defer { _ = server.finish() }
        return try HTTPClient().exchange(method: method, url: server.url(), timeout: Self.patience)
    }

    private func failure(_ response: String) throws -> String? {
        do {
            _ = try exchange(response)
            return nil
        } catch let error as HTTPClientError {
            return error.name
        }
    }

    @Test func sendsARequest() throws {
        let server = try ScriptedServer([[.readRequest(body: 5), .send(Self.hello)]])
        let answer = try HTTPClient().exchange(
            method: "POST",
            url: server.url("/publish?topic=news"),
            headers: [HTTPField("X-Test", "1")],
            body: Array("hello".utf8),
            timeout: Self.patience
        )
        #expect(answer.status == 200)
        #expect(text(answer) == "hello")
        let expected = """
            POST /publish?topic=news HTTP/1.1\r
            Host: 127.0.0.1:\(server.port)\r
            Accept-Encoding: identity\r
            X-Test: 1\r
            Content-Length: 5\r
            \r
            hello
            """
        #expect(server.finish() == [expected])
    }

    @Test func readsByteByByte() throws {
        let response =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: v\r\n\r\n"
        let server = try ScriptedServer([[.readRequest(), .trickle(response)]])
        let answer = try HTTPClient().exchange(url: server.url(), timeout: Self.patience)
        #expect(text(answer) == "abcdefg")
        _ = server.finish()
    }

    @Test func readsUntilClose() throws {
        #expect(text(try exchange("HTTP/1.1 200 OK\r\n\r\nall of it")) == "all of it")
    }

    @Test func readsNoBodyToHead() throws {
        let answer = try exchange("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", method: "HEAD")
        #expect(answer.body.isEmpty)
    }

    @Test func passesOverInterimResponses() throws {
        let answer = try exchange(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Self.hello
        )
        #expect(text(answer) == "hello")
    }

    @Test func limitsInterimResponses() throws {
        let interim = "HTTP/1.1 100 Continue\r\n\r\n"
        let limit = HTTPResponseHeadParser.interimLimit
        #expect(try failure(String(repeating: interim, count: limit) + Self.hello) == nil)
        #expect(try failure(String(repeating: interim, count: limit + 1) + Self.hello) == "LIMIT_INTERIM_RESPONSES")
    }

    @Test(arguments: [
        ("", "CLOSED_BEFORE_RESPONSE"),
        ("HTTP/1.1 200 OK\r\nA: b", "CLOSED_BEFORE_RESPONSE"),
        ("SSH-2.0-OpenSSH_9.2\r\n", "MALFORMED_STATUS_LINE"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", "TRUNCATED_BODY"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "BAD_CHUNK_SIZE"),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", "UNEXPECTED_CONTENT_CODING"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 4194305\r\n\r\nx", "LIMIT_BODY_BYTES"),
    ])
    func namesWhatIsWrong(_ response: String, _ name: String) throws {
        #expect(try failure(response) == name)
    }

    @Test func limitsTheHead() throws {
        let filler = String(repeating: "x", count: HTTPClient.headLimit)
        #expect(try failure("HTTP/1.1 200 OK\r\nA: \(filler)\r\n\r\n") == "LIMIT_HEADER_BYTES")
    }

    @Test func limitsABodyOfUnknownLength() throws {
        let server = try ScriptedServer([
            [.readRequest(), .send("HTTP/1.1 200 OK\r\n\r\n"), .flood(HTTPClient.bodyLimit)],
            [.readRequest(), .send("HTTP/1.1 200 OK\r\n\r\n"), .flood(HTTPClient.bodyLimit + 1), .hold],
        ])
        let client = HTTPClient()
        let url = server.url()
        #expect(try client.exchange(url: url, timeout: Self.patience).body.count == HTTPClient.bodyLimit)
        #expect(throws: HTTPClientError.bodyLimit) { try client.exchange(url: url, timeout: Self.patience) }
        _ = server.finish()
    }

    @Test func answersOfFailureAreNamedAfterTheStatus() throws {
        let answer = try exchange("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")
        #expect(answer.status == 500)
        #expect(throws: HTTPClientError(name: "HTTP_500")) { try answer.successful() }
        #expect(throws: Never.self) { try exchange("HTTP/1.1 204 No Content\r\n\r\n").successful() }
    }

    @Test func givesUpOnASilentServer() throws {
        let server = try ScriptedServer([
            [.readRequest(), .hold],
            [.readRequest(), .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhe"), .hold],
        ])
        let timeout = 50 * Nanoseconds.perMillisecond
        let url = server.url()
        #expect(throws: HTTPClientError.timeout) { try HTTPClient().exchange(url: url, timeout: timeout) }
        #expect(throws: HTTPClientError.timeout) { try HTTPClient().exchange(url: url, timeout: timeout) }
        _ = server.finish()
    }

    @Test func namesARefusedConnection() throws {
        let server = try ScriptedServer([])
        let url = server.url()
        _ = server.finish()
        #expect(throws: HTTPClientError(name: "ECONNREFUSED")) {
            try HTTPClient().exchange(url: url, timeout: Self.patience)
        }
    }

    @Test func namesARequestThatCannotBeWritten() {
        let url = TargetURL(tls: false, host: "127.0.0.1", port: 1, path: "/")
        #expect(throws: HTTPClientError(name: "INVALID_FIELD_VALUE")) {
            try HTTPClient().exchange(url: url, headers: [HTTPField("A", "b\r\nC: d")], timeout: Self.patience)
        }
    }

    @Test func keepsItsConnection() throws {
        let server = try ScriptedServer([[.readRequest(), .send(Self.hello), .readRequest(), .send(Self.hello)]])
        let client = HTTPClient()
        for _ in 0..<2 { _ = try client.exchange(url: server.url(), timeout: Self.patience) }
        #expect(server.finish().count == 2)
    }

    @Test func connectsAnewWhenToldThatTheConnectionCloses() throws {
        let close = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"
        let server = try ScriptedServer([[.readRequest(), .send(close), .hold], [.readRequest(), .send(Self.hello)]])
        let client = HTTPClient()
        #expect(text(try client.exchange(url: server.url(), timeout: Self.patience)) == "x")
        #expect(text(try client.exchange(url: server.url(), timeout: Self.patience)) == "hello")
        _ = server.finish()
    }

    /// The kept connection is read from before it is closed, so that the client cannot have seen the end beforehand.
    @Test func repeatsOnceWhereAKeptConnectionCloses() throws {
        let server = try ScriptedServer([
            [.readRequest(), .send(Self.hello), .readRequest()],
            [.readRequest(), .send(Self.hello)],
        ])
        let client = HTTPClient()
        for _ in 0..<2 {
            #expect(text(try client.exchange(url: server.url(), timeout: Self.patience)) == "hello")
        }
        #expect(server.finish().count == 3)
    }

    @Test func repeatsNothingAfterTheFirstByteOfAnAnswer() throws {
        let server = try ScriptedServer([[.readRequest(), .send(Self.hello), .readRequest(), .send("H")]])
        let client = HTTPClient()
        _ = try client.exchange(url: server.url(), timeout: Self.patience)
        #expect(throws: HTTPClientError.closedBeforeResponse) {
            try client.exchange(url: server.url(), timeout: Self.patience)
        }
        #expect(server.finish().count == 2)
    }

    @Test func sendsAPostOverANewConnection() throws {
        let server = try ScriptedServer([
            [.readRequest(), .send(Self.hello), .hold],
            [.readRequest(body: 1), .send(Self.hello)],
        ])
        let client = HTTPClient()
        _ = try client.exchange(url: server.url(), timeout: Self.patience)
        _ = try client.exchange(method: "POST", url: server.url(), body: [0x78], timeout: Self.patience)
        #expect(server.finish().count == 2)
    }
}
