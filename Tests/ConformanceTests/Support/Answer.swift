import EventStream
import HTTP
import Vocabulary

@testable import Conformance

/// One exchange, made up: what a server answered, and when, in ms.
struct Answer {
    var methods = ["GET"]
    var start = "HTTP/1.1 200 OK"
    var fields = [
        HTTPField("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), HTTPField("Content-Type", "text/event-stream"),
        HTTPField("Cache-Control", "no-store"), HTTPField("X-Accel-Buffering", "no"),
        HTTPField("Access-Control-Allow-Origin", "*"), HTTPField("Transfer-Encoding", "chunked"),
    ]
    /// When the head comes.
    var headMoment: Nanoseconds = 0
    /// Pieces of the body, each with its moment.
    var pieces: [(moment: Nanoseconds, bytes: [UInt8])] = []
    /// What is sent in place of all that; nil for nothing.
    var raw: [UInt8]?
    var end = ExchangeEnd.listened
    var ended: Nanoseconds = 5_000
    var acted: Nanoseconds?
    var publications: [Publication] = []
    var tls: TLSFacts? = {
        var facts = TLSFacts()
        facts.version = "TLSv1.3"
        facts.applicationProtocol = "http/1.1"
        return facts
    }()

    /// A stream of one text.
    init(_ text: String = ": hello\n\n") { pieces = [(1, Array(text.utf8))] }

    /// An answer of another kind, without a body.
    init(status: Int, to method: String = "GET", _ fields: [String: String] = [:]) {
        methods = [method]
        start = "HTTP/1.1 \(status) X"
        self.fields = [HTTPField("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]
        if status != 204 { self.fields.append(HTTPField("Content-Length", "0")) }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { self[name] = value }
        end = .complete
    }

    /// Bytes that are no HTTP.
    init(raw: [UInt8]) {
        methods = []
        self.raw = raw
        end = .complete
    }

    /// The only field of a name; nil for none.
    subscript(name: String) -> String? {
        get { fields.value(of: name) }
        set {
            fields.removeAll { $0.name.lowercased() == name.lowercased() }
            if let newValue { fields.append(HTTPField(name, newValue)) }
        }
    }

    /// The body in one piece.
    var text: String {
        get { String(decoding: pieces.flatMap(\.bytes), as: UTF8.self) }
        set { pieces = [(1, Array(newValue.utf8))] }
    }

    /// The record of the exchange.
    var record: ExchangeRecord {
        var bytes: [UInt8] = []
        var arrivals: [Arrival] = []
        func arrive(_ piece: [UInt8], _ moment: Nanoseconds) {
            bytes += piece
            arrivals.append(Arrival(end: bytes.count, moment: moment * .perMillisecond))
        }
        if let raw {
            if !raw.isEmpty { arrive(raw, headMoment) }
        } else {
            let lines = [start] + fields.map { "\($0.name): \($0.value)" }
            arrive(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8), headMoment)
            for piece in pieces {
                var framed = piece.bytes
                if self["Transfer-Encoding"] == "chunked" {
                    framed = []
                    ChunkedEncoder.append(chunk: piece.bytes, to: &framed)
                }
                arrive(framed, piece.moment)
            }
        }
        return ExchangeRecord(
            methods: methods,
            acted: acted.map { $0 * .perMillisecond },
            bytes: bytes,
            arrivals: arrivals,
            end: end,
            ended: ended * .perMillisecond,
            publications: publications,
            tls: tls
        )
    }
}
