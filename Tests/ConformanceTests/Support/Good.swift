import EventStream
import Vocabulary

@testable import Conformance

/// What a server without a fault answers to every exchange.
enum Good {
    static let options: CheckOptions = {
        var options = CheckOptions(url: TargetURL(tls: true, host: "127.0.0.1", port: 1, path: "/events?topics=a"))
        options.publish = TargetURL(tls: true, host: "127.0.0.1", port: 1, path: "/publish")
        options.heartbeat = 1 * .perSecond
        options.marks = Marks(token: "7")
        return options
    }()

    static let firstEvent = event(1, options.marks.firstText)
    static let secondEvent = event(2, options.marks.second)

    /// An event as a careful server writes it.
    static func event(_ number: Int, _ data: String) -> String {
        var bytes: [UInt8] = []
        try? EventStreamWriter.append(data: data, id: "\(number)", to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static let answers: [ExchangeName: Answer] = {
        var answers = Dictionary(uniqueKeysWithValues: ExchangeName.allCases.map { ($0, Answer()) })
        answers[.stream] = stream
        answers[.neighbour]?.text = ": nothing of another's\n\n"
        answers[.resumeSeen]?.text = secondEvent
        for name in [ExchangeName.head, .tls12, .tls13, .session, .closeNotify, .unknownServerName] {
            var head = Answer("")
            head.pieces = []
            head.methods = ["HEAD"]
            head.end = .complete
            answers[name] = head
        }
        answers[.tls12]?.tls?.version = "TLSv1.2"
        answers[.session]?.tls?.isResumed = true
        answers[.closeNotify]?.tls?.alerts = [0]
        answers[.closeNotify]?.end = .closed
        answers[.unknownProtocol] = refusedHandshake(120)
        answers[.reuse] = reuse
        let allowed = [
            "Allow": "GET", "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization",
        ]
        answers[.options] = Answer(status: 204, to: "OPTIONS", allowed)
        answers[.preflight] = Answer(status: 204, to: "OPTIONS", allowed)
        answers[.unknownMethod] = Answer(status: 405, to: "HYDROTEST", ["Allow": "GET"])
        answers[.oldVersion]?["Transfer-Encoding"] = nil
        answers[.closeAsked]?["Connection"] = "close"
        answers[.halfClose]?.acted = 500
        answers[.reset]?.acted = 500
        for name in [ExchangeName.noHost, .twoHosts, .spaceBeforeColon, .foldedField, .nullInField, .badRequestLine] {
            answers[name] = Answer(status: 400)
        }
        answers[.hugeTarget] = Answer(status: 414)
        answers[.plainOnTLS] = Answer(status: 400)
        answers[.helloOld] = Answer(raw: [21, 3, 1, 0, 2, 2, 70])
        answers[.helloFallback] = Answer(raw: [21, 3, 3, 0, 2, 2, 86])
        for name in [ExchangeName.hello12, .helloPieces, .helloFragments, .helloUnknowns] {
            answers[name] = Answer(raw: serverHello())
        }
        return answers
    }()

    private static let stream: Answer = {
        var stream = Answer()
        stream.pieces = [
            (1, Array(": hello\n\n".utf8)), (510, Array(firstEvent.utf8)), (1_010, Array(secondEvent.utf8)),
            (2_000, Array(": beat\n\n".utf8)), (3_000, Array(": beat\n\n".utf8)), (4_000, Array(": beat\n\n".utf8)),
        ]
        stream.publications = [500, 1_000].map { Publication(sent: $0 * .perMillisecond, status: 200) }
        return stream
    }()

    private static let reuse: Answer = {
        let head = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n"
        var answer = Answer(raw: Array((head + head).utf8))
        answer.methods = ["HEAD", "HEAD"]
        return answer
    }()

    /// A handshake that the server ended with an alert.
    static func refusedHandshake(_ alert: UInt8) -> Answer {
        var answer = Answer(raw: [])
        answer.methods = ["HEAD"]
        answer.tls = TLSFacts()
        answer.tls?.alerts = [alert]
        answer.end = .failed("TLS_ALERT")
        return answer
    }

    /// A ServerHello in its record.
    static func serverHello(
        version: UInt8 = 3,
        marked: Bool = true,
        extensions: [UInt16] = [0xFF01, 23]
    ) -> [UInt8] {
        let mark: [UInt8] = marked ? [0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44, 0x01] : [UInt8](repeating: 9, count: 8)
        let listed = extensions.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF), 0, 0] }
        let body =
            [3, version] + [UInt8](repeating: 1, count: 24) + mark + [0, 0xC0, 0x2B, 0, 0, UInt8(listed.count)] + listed
        let message = [2, 0, 0, UInt8(body.count)] + body
        return [22, 3, 3, 0, UInt8(message.count)] + message
    }

    /// What was observed, with changes.
    static func seen(_ change: (inout [ExchangeName: Answer]) -> Void = { _ in }) -> Observations {
        var answers = answers
        change(&answers)
        return Observations(options: options, records: answers.mapValues(\.record))
    }
}

extension ConformanceSuite {
    /// The case of a number such as `3.2`.
    static func find(_ number: String) -> ConformanceCase? {
        let parts = number.split(separator: ".").compactMap { Int($0) }
        return sections.first { $0.number == parts.first }?.cases.first { $0.number == parts.last }
    }
}
