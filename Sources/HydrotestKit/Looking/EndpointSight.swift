import Vocabulary

/// What was seen of an endpoint in a few seconds.
public struct EndpointSight: Equatable, Sendable {
    /// The events of one name.
    struct Events: Equatable, Sendable {
        /// When they came, in ns since the response head.
        var times: [Nanoseconds] = []
        /// The bytes of the largest one's data.
        var largest = 0
    }

    /// Events and comments of which the moments are kept.
    static let moments = 10_000
    /// Names of events that are told apart.
    static let names = 100

    /// How long the stream was looked at, in ns.
    public var duration: Nanoseconds = 0
    /// The status code.
    public var status = 0
    /// The value of `Content-Type`.
    public var contentType = ""
    /// The value of `Server`; nil where there is none.
    public var server: String?
    /// The version of TLS; nil without TLS.
    public var tlsVersion: String?
    /// Why the certificate was not trusted; nil where it was, or there is none.
    public var certificateProblem: String?
    /// Whether the server ended the stream while it was looked at.
    public var hasEnded = false
    /// The events by name.
    var events: [String: Events] = [:]
    /// When comments came, in ns since the response head.
    var comments: [Nanoseconds] = []
    /// Whether the server's process, told by its port, can be read on this machine.
    public var hasReadableProcess = false

    /// What reads the application's own state, and was seen to see streams.
    public var stateProbes: [FoundProbe] = []

    /// Nothing seen.
    init() {}

    /// Events of every name.
    public var eventCount: Int { events.values.reduce(0) { $0 + $1.times.count } }

    /// Takes in an event.
    mutating func note(event name: String, bytes: Int, at time: Nanoseconds) {
        guard events[name] != nil || events.count < Self.names else { return }
        events[name, default: Events()].largest = max(events[name]?.largest ?? 0, bytes)
        guard eventCount < Self.moments else { return }
        events[name]?.times.append(time)
    }

    /// Takes in a comment.
    mutating func noteComment(at time: Nanoseconds) {
        if comments.count < Self.moments { comments.append(time) }
    }
}
