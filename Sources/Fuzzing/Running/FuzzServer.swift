import EventStream
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
