import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

/// What is noted of errors while they happen.
@Suite(Turn.sideBySide) struct ErrorFaceTests {
    private static let request =
        "GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer abcdef-123456\r\nCookie: sid=s3ss10n-id\r\n\r\n"

    private func run(_ count: Int, _ script: @escaping @Sendable (ScriptedConnection) throws -> String?) throws
        -> LoadRecord
    {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            if let answer = try script(connection) { try connection.write(answer) }
            return nil
        }
        var scenario = Made.holding(count)
        scenario.timeout = 5 * .perSecond
        return try Made.generator(scenario, Made.endpoint(server.port, request: Self.request)).run()
    }

    @Test func anAnswerIsSampledWithoutSecrets() throws {
        let body = #"{"error":"all taken","token":"t0k3n-value","you":"abcdef-123456","sid":"s3ss10n-id"}"#
        let record = try run(3) { connection in
            try connection.write(
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n"
            )
            // The body comes in a packet of its own.
            connection.pause(30)
            return body
        }
        #expect(record.errors == ["HTTP_503": 3])
        #expect(record.connections.failed == 3)
        let face = try #require(record.errorFaces?.face(of: "HTTP_503"))
        #expect(face.count == 3)
        #expect(face.stages == [.responseStarted: 3])
        #expect(face.age.count == 3)
        #expect(face.firstPosition == 0)
        #expect(face.fewestOpen == 0)
        let answer = try #require(face.answer)
        #expect(answer.statusLine == "HTTP/1.1 503 Service Unavailable")
        let text = try #require(answer.body)
        #expect(text.contains("all taken"))
        for secret in ["t0k3n-value", "abcdef-123456", "s3ss10n-id"] { #expect(!text.contains(secret), "\(text)") }
    }

    @Test func aSampleIsShortAndHarmless() throws {
        let record = try run(1) { _ in
            "HTTP/1.1 500 \u{1B}[31mred\r\nConnection: close\r\n\r\n<h1>\u{1B}[2J\u{0}oh\n\tno</h1>"
                + String(repeating: "ü", count: 4_000)
        }
        let answer = try #require(record.errorFaces?.face(of: "HTTP_500")?.answer)
        let body = try #require(answer.body)
        #expect(body.utf8.count <= AnswerSample.bodyBytes)
        #expect(body.hasPrefix("<h1>"))
        let all = (answer.statusLine ?? "") + body
        #expect(!all.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    /// The body that never comes is not waited for longer than a moment.
    @Test func aBodyThatNeverComesHoldsNothingUp() throws {
        let record = try run(2) { connection in
            try connection.write("HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n")
            connection.pause(1_500)
            return nil
        }
        let face = try #require(record.errorFaces?.face(of: "HTTP_404"))
        #expect(face.count == 2)
        #expect(face.answer?.statusLine == "HTTP/1.1 404 Not Found")
        #expect(face.answer?.body == nil)
        #expect(face.age.largest < 1 * .perSecond)
        #expect(face.last < 1)
    }

    @Test func connectionsThatShareACookieAreCounted() throws {
        let record = try run(3) { _ in "HTTP/1.1 429 Slow Down\r\nContent-Length: 0\r\n\r\n" }
        let faces = try #require(record.errorFaces)
        #expect(faces.cookies == 1)
        #expect(faces.sharingCookie == 3)
        #expect(faces.mostOpenOfCookie == 0)
        #expect(faces.lastEstablished == nil)
    }

    @Test func aLoadWithoutErrorsHasNoFaces() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            return nil
        }
        let record = try Made.generator(Made.holding(2, for: 50 * .perMillisecond), Made.endpoint(server.port)).run()
        #expect(record.errorFaces == nil)
        #expect(record.stalls == nil)
        #expect(record.bystanders == nil)
    }
}
