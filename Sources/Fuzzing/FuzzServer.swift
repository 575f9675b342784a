import EventLoop
import HTTP
import Probe
import Transport
import Vocabulary

/// The server that is fuzzed: where it listens, and how it is asked.
public struct FuzzServer: Sendable {
    /// Its plain port; nil where it has none.
    public var plain: Destination?
    /// Its TLS port; nil where it has none.
    public var secure: Destination?
    /// How a stream is opened; `{topics}` in its target stands for topics.
    public var connect: ActionRequest
    /// How topics are added to a stream; nil where they cannot.
    public var subscribe: ActionRequest?
    /// How topics are taken from a stream; nil where they cannot.
    public var unsubscribe: ActionRequest?
    /// How an event is published; nil where it cannot.
    public var publish: ActionRequest?
    /// What shows whether the server is well.
    public var health: ActionRequest
    /// Other request targets that are worth trying.
    public var targets: [String]
    /// Where a stream's identity stands in the data of its first event: a JSON Pointer.
    public var identity: String

    /// The time between two of its heartbeats, in ns, as whoever describes it says; nil where nobody does.
    public var heartbeat: Nanoseconds?

    /// A server that streams can be opened on, and no more.
    public init(plain: Destination?, secure: Destination?, connect: ActionRequest, health: ActionRequest) {
        self.plain = plain
        self.secure = secure
        self.connect = connect
        self.health = health
        targets = []
        identity = "/id"
    }

    /// Whether a client says which topics it wants.
    var choosesTopics: Bool { connect.target.contains("{topic") }

    /// How clients can connect.
    var channels: [Channel] { (plain == nil ? [] : [.plain]) + (secure == nil ? [] : [.tls]) }

    /// Where a channel leads; the other port where there is none of its own.
    func destination(_ channel: Channel) -> Destination? {
        switch channel {
        case .plain: plain ?? secure
        case .tls, .raw: secure ?? plain
        }
    }
}

/// A request that carries out an action.
///
/// `{id}`, `{topic}`, `{topics}` and `{data}` in target and body stand for what the action is about.
public struct ActionRequest: Sendable {
    /// The request method.
    public var method: String
    /// The request target: path and query.
    public var target: String
    /// The body; nil for none.
    public var body: String?
    /// Further header fields.
    public var fields: [HTTPField] = []
    /// Where it is sent; nil for where streams are opened.
    public var destination: Destination?

    /// A request from its parts.
    public init(method: String, target: String, body: String? = nil) {
        self.method = method
        self.target = target
        self.body = body
    }

    /// What an action is about.
    struct Subject {
        var id = ""
        var topics: [String] = []
        var data: [UInt8] = []
        /// Header fields of this one request.
        var fields: [HTTPField] = []
    }

    /// The request's bytes; nothing is checked, since what breaks a request is what is looked for.
    func bytes(_ subject: Subject, host: String) -> [UInt8] {
        var head = "\(method) \(fill(target, subject)) HTTP/1.1\r\nHost: \(host)\r\n"
        for field in fields + subject.fields { head += "\(field.name): \(field.value)\r\n" }
        var bytes = Array(head.utf8)
        guard let body else { return bytes + Array("\r\n".utf8) }
        let content = fillBody(body, subject)
        bytes += Array("Content-Length: \(content.count)\r\n\r\n".utf8)
        return bytes + content
    }

    private func fill(_ text: String, _ subject: Subject) -> String {
        text.replacing("{id}", with: subject.id)
            .replacing("{topics}", with: subject.topics.joined(separator: ","))
            .replacing("{topic}", with: subject.topics.first ?? "")
    }

    private func fillBody(_ text: String, _ subject: Subject) -> [UInt8] {
        let pieces = fill(text, subject).split(separator: "{data}", omittingEmptySubsequences: false)
        return Array(pieces.map { Array($0.utf8) }.joined(separator: subject.data))
    }
}

/// Where connections go.
public struct Destination: Sendable {
    /// The address.
    public var address: SocketAddress
    /// The value of a `Host` field.
    public var host: String
    /// The TLS state of its connections; nil for plain ones.
    public var tls: TLSClientContext?

    /// A destination from its parts.
    public init(address: SocketAddress, host: String, tls: TLSClientContext? = nil) {
        self.address = address
        self.host = host
        self.tls = tls
    }
}

/// The server under test, as whoever starts the fuzzer has it.
public protocol FuzzTarget: AnyObject {
    /// Where it listens and how it is asked; may change with a restart.
    var server: FuzzServer { get }
    /// What reads its gauges; made anew after a restart.
    func gaugeReaders() -> [any GaugeReader]
    /// How its process has ended; nil while it runs, or where nobody can tell.
    var end: String? { get }
    /// Starts it again after its end, or waits for whoever does; it then answers.
    ///
    /// - Throws: ``FuzzError`` where it does not come back.
    func restart() throws(FuzzError)
}
