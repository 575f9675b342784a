import HTTP
import Testing

@Suite struct HTTPRequestTests {
    private func text(_ fields: [HTTPField], _ body: String?) throws -> String {
        let request = try HTTPRequest(
            method: "POST",
            target: "/a",
            fields: fields,
            body: body.map { Array($0.utf8) }
        )
        return String(decoding: request.bytes, as: UTF8.self)
    }

    @Test func theLengthOfABodyIsTold() throws {
        let host = [HTTPField("Host", "a")]
        #expect(try text(host, nil) == "POST /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try text(host, "") == "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        #expect(try text(host, "hello") == "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
    }

    @Test func aLengthThatIsGivenStays() throws {
        let fields = [HTTPField("Host", "a"), HTTPField("content-length", "7")]
        #expect(try text(fields, "hello") == "POST /a HTTP/1.1\r\nHost: a\r\ncontent-length: 7\r\n\r\nhello")
    }

    @Test func numberedRequestsShareTheirHead() throws {
        let shared = try NumberedHTTPRequest(
            method: "HEAD",
            target: "/a",
            fields: [HTTPField("Host", "a"), HTTPField("Connection", "close")],
            numberField: "Number"
        )
        let request = shared.request(number: 42, body: Array("hello".utf8))
        #expect(
            String(decoding: request.bytes, as: UTF8.self)
                == "HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nNumber: 42\r\nContent-Length: 5\r\n\r\nhello"
        )
        #expect(request.isHead && request.endsConnection)
        #expect(throws: HTTPWriteError.invalidFieldName) {
            _ = try NumberedHTTPRequest(method: "GET", target: "/", fields: [], numberField: "a b")
        }
    }
}
