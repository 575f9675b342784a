import EventStream
import HTTP
import ParserReadings
import Testing

@Suite struct HTTPExchangeTests {
    /// What came of an exchange.
    private struct Outcome: Equatable {
        var status: Int?
        var body = ""
        var hasEnded = false
        var error: String?
        var isReusable = false
    }

    private static func request(_ method: String = "GET", _ fields: [HTTPField] = []) throws -> HTTPRequest {
        try HTTPRequest(method: method, target: "/", fields: [HTTPField("Host", "a")] + fields)
    }

    /// Sends a request, and reads an answer in pieces.
    private func exchange(
        _ pieces: [[UInt8]],
        _ request: HTTPRequest,
        limits: HTTPExchange.Limits = .ordinary,
        sends: Bool = true,
        closes: Bool = false
    ) -> Outcome {
        var outcome = Outcome()
        var exchange = HTTPExchange(request, limits: limits)
        defer { exchange.release() }
        if sends { exchange.sent(exchange.pendingOutput.count) }
        do throws(HTTPExchangeError) {
            for piece in pieces {
                let read: Result<Void, HTTPExchangeError> = withReceived(piece) { input in
                    do throws(HTTPExchangeError) {
                        while let event = try exchange.next(&input) {
                            switch event {
                            case .head(let head): outcome.status = head.status
                            case .body(let slice): outcome.body += String(decoding: slice, as: UTF8.self)
                            case .end: outcome.hasEnded = true
                            }
                        }
                        return .success(())
                    } catch {
                        return .failure(error)
                    }
                }
                try read.get()
            }
            if closes { try exchange.finish() }
        } catch {
            outcome.error = error.name
        }
        outcome.isReusable = exchange.isReusable
        return outcome
    }

    private func exchange(_ answer: String, method: String = "GET", closes: Bool = false) throws -> Outcome {
        exchange([Array(answer.utf8)], try Self.request(method), closes: closes)
    }

    @Test func anAnswerIsReadHoweverItIsCut() throws {
        let chunked =
            "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n0\r\n\r\n"
        let request = try Self.request()
        let whole = Outcome(status: 200, body: "hello", hasEnded: true, isReusable: true)
        for answer in [chunked, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"] {
            for pieces in Pieces.all(Array(answer.utf8)) { #expect(exchange(pieces, request) == whole) }
        }
    }

    @Test func aBodyUntilTheCloseEndsWithIt() throws {
        let answer = "HTTP/1.1 200 OK\r\n\r\nhello"
        #expect(try exchange(answer) == Outcome(status: 200, body: "hello"))
        #expect(try exchange(answer, closes: true) == Outcome(status: 200, body: "hello"))
    }

    @Test func theAnswerToHeadHasNoBody() throws {
        let outcome = try exchange("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", method: "HEAD")
        #expect(outcome == Outcome(status: 200, hasEnded: true, isReusable: true))
    }

    @Test(arguments: [
        ("", "ENDED_BEFORE_ANSWER"),
        ("HTTP/1.1 200 OK\r\nA: b", "ENDED_BEFORE_ANSWER"),
        ("HTTP/1.1 100 Continue\r\n\r\n", "ENDED_BEFORE_ANSWER"),
        ("SSH-2.0-OpenSSH_9.2\r\n", "MALFORMED_STATUS_LINE"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", "TRUNCATED_BODY"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "BAD_CHUNK_SIZE"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 4194305\r\n\r\nx", "LIMIT_BODY_BYTES"),
        ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "BAD_CONTENT_LENGTH"),
    ])
    func namesWhatIsWrong(_ answer: String, _ name: String) throws {
        #expect(try exchange(answer, closes: true).error == name)
    }

    @Test func limitsABodyOfUnknownLength() throws {
        let limits = HTTPExchange.Limits(headBytes: 1000, bodyBytes: 5)
        let request = try Self.request()
        for (body, error) in [("hello", nil), ("hello!", "LIMIT_BODY_BYTES")] {
            let answer = Array("HTTP/1.1 200 OK\r\n\r\n\(body)".utf8)
            #expect(exchange([answer], request, limits: limits, closes: true).error == error)
            #expect(exchange(Pieces.single(answer), request, limits: limits, closes: true).error == error)
        }
    }

    @Test func limitsInterimResponses() throws {
        let limit = HTTPResponseHeadParser.interimLimit
        for (count, error) in [(limit, nil), (limit + 1, "LIMIT_INTERIM_RESPONSES")] {
            let interim = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: count)
            #expect(try exchange(interim + "HTTP/1.1 204 No Content\r\n\r\n").error == error)
        }
    }

    /// What the head says of itself comes before what is wrong with its framing.
    @Test func aHeadThatContradictsItselfIsToldFirst() throws {
        let answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
        var exchange = HTTPExchange(try Self.request(), limits: .ordinary)
        defer { exchange.release() }
        try withReceived(Array(answer.utf8)) { input in
            guard case .head(let head)? = try exchange.next(&input) else {
                Issue.record("no head")
                return
            }
            #expect(head.status == 404)
            #expect(exchange.failure == .head(.lengthWithTransferEncoding))
            for _ in 0..<2 {
                #expect(throws: HTTPExchangeError.head(.lengthWithTransferEncoding)) { _ = try exchange.next(&input) }
            }
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\nsurplus",
    ])
    func someAnswersSpoilTheConnection(_ answer: String) throws {
        let outcome = try exchange(answer)
        #expect(outcome.hasEnded && !outcome.isReusable)
    }

    @Test func aRequestThatEndsTheConnectionOrIsNotSentWholeSpoilsItToo() throws {
        let answer = Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)
        let closing = try Self.request("GET", [HTTPField("Connection", "close")])
        #expect(!exchange([answer], closing).isReusable)
        #expect(!exchange([answer], try Self.request(), sends: false).isReusable)
        #expect(exchange([answer], try Self.request()).isReusable)
    }

    @Test func whatIsPendingShrinksAsItIsSent() throws {
        var exchange = HTTPExchange(try Self.request(), limits: .ordinary)
        defer { exchange.release() }
        let bytes = Array(exchange.pendingOutput)
        exchange.sent(3)
        #expect(Array(exchange.pendingOutput) == Array(bytes.dropFirst(3)))
        exchange.sent(bytes.count - 3)
        #expect(exchange.pendingOutput.isEmpty)
    }
}
