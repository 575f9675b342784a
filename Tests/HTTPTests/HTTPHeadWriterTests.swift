import HTTP
import ParserReadings
import Testing

@Suite struct HTTPHeadWriterTests {
    private static let fields = [HTTPField("Host", "localhost"), HTTPField("Accept", "text/event-stream")]

    @Test func writesARequest() throws {
        let bytes = try HTTPHeadWriter.request(method: "GET", target: "/events?a=b", fields: Self.fields)
        let text = "GET /events?a=b HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
        #expect(String(decoding: bytes, as: UTF8.self) == text)
        #expect(RequestReading([bytes]).head?.value(of: "accept") == "text/event-stream")
    }

    @Test func writesAResponse() throws {
        let bytes = try HTTPHeadWriter.response(status: 200, fields: [HTTPField("A", "é")])
        #expect(String(decoding: bytes, as: UTF8.self) == "HTTP/1.1 200 OK\r\nA: é\r\n\r\n")
        let odd = try HTTPHeadWriter.response(status: 299, fields: [])
        #expect(String(decoding: odd, as: UTF8.self) == "HTTP/1.1 299 \r\n\r\n")
        #expect(ResponseReading([odd]).head?.status == 299)
    }

    @Test(arguments: ["a\r\nB: c", "a\n", "a\r", "a\0"]) func refusesLineEnds(_ text: String) {
        let value = [HTTPField("A", text)]
        let name = [HTTPField(text, "a")]
        #expect(throws: HTTPWriteError.invalidFieldValue) { try HTTPHeadWriter.response(status: 200, fields: value) }
        #expect(throws: HTTPWriteError.invalidFieldName) { try HTTPHeadWriter.response(status: 200, fields: name) }
        #expect(throws: HTTPWriteError.invalidReason) {
            try HTTPHeadWriter.response(status: 200, reason: text, fields: [])
        }
        #expect(throws: HTTPWriteError.invalidMethod) {
            try HTTPHeadWriter.request(method: text, target: "/", fields: [])
        }
        #expect(throws: HTTPWriteError.invalidTarget) {
            try HTTPHeadWriter.request(method: "GET", target: "/" + text, fields: [])
        }
    }

    @Test(arguments: ["", "/a b", "/é"]) func refusesTargets(_ target: String) {
        #expect(throws: HTTPWriteError.invalidTarget) {
            try HTTPHeadWriter.request(method: "GET", target: target, fields: [])
        }
    }

    @Test(arguments: [99, 1000, -200]) func refusesStatuses(_ status: Int) {
        #expect(throws: HTTPWriteError.invalidStatus) { try HTTPHeadWriter.response(status: status, fields: []) }
    }
}
