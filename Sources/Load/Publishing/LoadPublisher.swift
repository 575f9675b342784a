import EventLoop
import EventStream
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
    /// The request's head up to the fields that differ from message to message, without the empty line.
    let head: [UInt8]
    /// Whether the response has no body, as the request's method is `HEAD`.
    let isHead: Bool
    /// The request's body.
    let template: MessageTemplate

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
        isHead = method == "HEAD"
        head = try HTTPHeadWriter.request(method: method, target: path, fields: fields).dropLast(2)
        template = MessageTemplate(body, topic: name)
    }

    /// When a message is to be sent, in ns from the start of the load.
    ///
    /// - Parameter index: its position, from 0.
    func moment(of index: UInt32) -> Nanoseconds {
        start + Nanoseconds((Double(index) / rate * Double(Nanoseconds.perSecond)).rounded())
    }

    /// The bytes of a message's request.
    func request(number: UInt64, at moment: Nanoseconds) -> [UInt8] {
        let body = template.fill(number: number, moment: moment)
        let fields = "\(Self.stampField): \(number)\r\nContent-Length: \(body.count)\r\n\r\n"
        return head + Array(fields.utf8) + body
    }

    /// Words of each stream's window: room for what is published in twice the time that a message may take.
    var windowWords: Int {
        let messages = 2 * rate * grace.inSeconds
        let blocks = Int(min(messages / 64, Double(Self.mostWindowWords))) + 2
        var words = 2
        while words < blocks, words < Self.mostWindowWords { words *= 2 }
        return words
    }

    /// The most words of a stream's window: 16,384 messages.
    static let mostWindowWords = 256
}
