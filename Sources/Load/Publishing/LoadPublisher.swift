import EventLoop
import HTTP
import Transport
import Vocabulary

/// Who publishes messages while a load lasts, and on which streams they are awaited.
public struct LoadPublisher: Sendable {
    /// The header field that carries a message's stamp, beside its body.
    public static let stampField = "Hydrotest-Message"

    /// The publisher's name.
    public var name: String
    /// Messages per second.
    public var rate: Double
    /// When the first is sent, in ns from the start of the load.
    public var start: Nanoseconds
    /// How long a message may take to a stream, in ns.
    public var grace: Nanoseconds
    /// The names of the scenarios whose streams are to get the messages; nil for all.
    public var scenarios: Set<String>?
    /// Where messages are sent: the host's addresses, used in turn.
    let targets: [SocketAddress]
    /// The shared state of TLS sessions; nil for plain connections.
    let tls: TLSClientContext?
    /// What the messages' requests share.
    private let shared: NumberedHTTPRequest
    /// The request's body.
    private let template: MessageTemplate

    /// A publisher.
    ///
    /// - Parameters:
    ///   - name: what it is called in reports.
    ///   - rate: messages per second, above 0.
    ///   - targets: the host's addresses, at least one.
    ///   - tls: the shared state of TLS sessions; nil for plain connections.
    ///   - method: the request's method, in capitals.
    ///   - path: the request target.
    ///   - fields: the header fields, but for those of the stamp and of the body's length.
    ///   - body: the body, with its placeholders.
    /// - Throws: which argument would break the head.
    public init(
        name: String,
        rate: Double,
        targets: [SocketAddress],
        tls: TLSClientContext?,
        method: String,
        path: String,
        fields: [HTTPField],
        body: String
    ) throws(HTTPWriteError) {
        precondition(rate > 0 && !targets.isEmpty)
        self.name = name
        self.rate = rate
        start = 0
        grace = 1 * .perSecond
        self.targets = targets
        self.tls = tls
        shared = try NumberedHTTPRequest(
            method: method,
            target: path,
            fields: fields,
            numberField: Self.stampField
        )
        template = MessageTemplate(body, topic: name)
    }

    /// When a message is to be sent, in ns from the start of the load.
    ///
    /// - Parameter index: its position, from 0.
    func moment(of index: UInt32) -> Nanoseconds {
        start + Nanoseconds((Double(index) / rate * Double(Nanoseconds.perSecond)).rounded())
    }

    /// A message's request.
    func request(number: UInt64, at moment: Nanoseconds) -> HTTPRequest {
        shared.request(number: number, body: template.fill(number: number, moment: moment))
    }

    /// Words of each stream's window: room for what is published in twice the time that a message may take, and for all
    /// that can be under way at once.
    var windowWords: Int {
        let messages = 2 * rate * grace.inSeconds
        let blocks = Int(min(messages / 64, Double(Self.mostWindowWords))) + 2
        var words = Self.fewestWindowWords
        while words < blocks, words < Self.mostWindowWords { words *= 2 }
        return words
    }

    /// The fewest words of a stream's window: 256 messages, several times ``PublisherThread/connections``.
    static let fewestWindowWords = 4
    /// The most words of a stream's window: 16,384 messages.
    static let mostWindowWords = 256
}

/// A message's body with its placeholders, taken apart once: the pieces between them are bytes.
public struct MessageTemplate: Sendable {
    /// What stands for a message's own values.
    public enum Placeholder: String, CaseIterable, Sendable {
        /// The stamp, a number (``MessageStamp``).
        case sequence = "${seq}"
        /// The moment of sending, ns of the monotonic clock.
        case time = "${time}"
        /// The publisher's name.
        case topic = "${topic}"
    }

    private enum Piece {
        case bytes([UInt8])
        case sequence
        case time
    }

    private var pieces: [Piece] = []

    /// A template of a text.
    public init(_ text: String, topic: String) {
        var rest = text[...]
        var bytes: [UInt8] = []
        while let dollar = rest.firstIndex(of: "$") {
            bytes += rest[..<dollar].utf8
            rest = rest[dollar...]
            guard let placeholder = Placeholder.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
                bytes.append(UInt8(ascii: "$"))
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(placeholder.rawValue.count)
            switch placeholder {
            case .topic: bytes += topic.utf8
            case .sequence, .time:
                pieces += [.bytes(bytes), placeholder == .time ? .time : .sequence]
                bytes = []
            }
        }
        pieces.append(.bytes(bytes + rest.utf8))
    }

    /// The bytes of one message.
    ///
    /// - Parameters:
    ///   - number: the stamp's number.
    ///   - moment: the moment of sending, in ns of the monotonic clock.
    public func fill(number: UInt64, moment: Nanoseconds) -> [UInt8] {
        pieces.reduce(into: []) { bytes, piece in
            switch piece {
            case .bytes(let more): bytes += more
            case .sequence: bytes += "\(number)".utf8
            case .time: bytes += "\(moment)".utf8
            }
        }
    }
}
