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
    /// When something last came, in ns since the response head.
    private var last: Nanoseconds = 0
    /// The longest time from one event or comment to the next, in ns.
    private var longestPause: Nanoseconds = 0
    /// At which age streams ended while they were looked at.
    var ends = StreamEnds()
    /// Whether a signal ended the look.
    public var isInterrupted = false
    /// The answers that sent the request elsewhere, in order.
    public var redirections: [Redirection] = []
    /// The request that the stream is the answer to; nil where nothing was asked.
    public var request: TapOptions?
    /// The events by name.
    var events: [String: Events] = [:]
    /// When comments came, in ns since the response head.
    var comments: [Nanoseconds] = []
    /// Whether the server's process, told by its port, can be read on this machine.
    public var hasReadableProcess = false

    /// What reads the application's own state, and was seen to see streams.
    public var stateProbes: [FoundProbe] = []
    /// What might have read it and could not, each in a line.
    public var stateSilences: [String] = []

    /// Nothing seen.
    init() {}

    /// Events of every name.
    public var eventCount: Int { events.values.reduce(0) { $0 + $1.times.count } }

    /// Takes in an event.
    mutating func note(event name: String, bytes: Int, at time: Nanoseconds) {
        noteMoment(time)
        guard events[name] != nil || events.count < Self.names else { return }
        events[name, default: Events()].largest = max(events[name]?.largest ?? 0, bytes)
        guard eventCount < Self.moments else { return }
        events[name]?.times.append(time)
    }

    /// Takes in a comment.
    mutating func noteComment(at time: Nanoseconds) {
        noteMoment(time)
        if comments.count < Self.moments { comments.append(time) }
    }

    private mutating func noteMoment(_ time: Nanoseconds) {
        longestPause = max(longestPause, time >= last ? time - last : 0)
        last = time
    }

    /// How the stream ended, just now.
    func end(error: String?) -> StreamEnd {
        StreamEnd(age: duration, silence: duration - min(last, duration), outlived: longestPause, error: error)
    }

    /// Takes over what was seen of a stream that was open for longer.
    mutating func take(from other: EndpointSight) {
        (duration, events, comments) = (other.duration, other.events, other.comments)
    }
}
