import RunProfile
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

/// How a server ended one stream.
struct StreamEnd: Equatable, Sendable {
    /// How long after its head the stream ended, in ns.
    var age: Nanoseconds
    /// How long before its end nothing had come, in ns.
    var silence: Nanoseconds
    /// The longest time without an event or a comment that it had outlived before, in ns.
    var outlived: Nanoseconds
    /// The error's name; nil where it ended in good order.
    var error: String?
}

/// At which age, and how, streams ended while they were looked at.
struct StreamEnds: Equatable, Sendable {
    /// By what share of the largest figures may differ that count as one.
    static let slack = 0.1
    /// By how much they may differ in any case, in ns: what a busy machine adds to a timer.
    static let jitter: Nanoseconds = 30 * .perMillisecond
    /// The shortest silence that is taken for a timeout, in ns.
    static let shortestTimeout: Nanoseconds = 500 * .perMillisecond

    /// Those that ended, in the order they were opened.
    var all: [StreamEnd] = []
    /// How long one was looked at that did not end, in ns; nil where all did.
    var survived: Nanoseconds?
    /// Why another could not be opened; nil where it could, or was not tried.
    var problem: String?

    /// The earliest end, in ns after the head; nil where none ended.
    var earliest: Nanoseconds? { all.map(\.age).min() }

    /// The age at which every stream ended, in ns; nil where they differ, or one end is all that was seen.
    var commonAge: Nanoseconds? {
        guard let age = Self.common(all.map(\.age)), survived.map({ Self.agree(age, $0) }) ?? true else { return nil }
        return age
    }

    /// The silence after which the server ends a stream, in ns: where streams ended in good order, each after as long a
    /// silence as it had not outlived before.
    var inactivity: Nanoseconds? {
        guard all.allSatisfy({ $0.error == nil && $0.silence >= Self.shortestTimeout }),
            let silence = Self.common(all.map(\.silence)),
            all.allSatisfy({ $0.outlived < $0.silence })
        else { return nil }
        return silence
    }

    /// Whether every stream ended soon after something had come, or had outlived as long a silence: none ended for silence.
    var disproveInactivity: Bool {
        !wereSilent && all.allSatisfy { $0.silence < Self.shortestTimeout || $0.outlived >= $0.silence }
    }

    /// Whether every stream was silent for all but its beginning, so that its age and its silence are one.
    var wereSilent: Bool { all.allSatisfy { Self.agree($0.age, $0.silence) } }

    private static func common(_ figures: [Nanoseconds]) -> Nanoseconds? {
        guard figures.count > 1, let least = figures.min(), let most = figures.max(), agree(least, most) else {
            return nil
        }
        return figures.sorted()[figures.count / 2]
    }

    private static func agree(_ one: Nanoseconds, _ other: Nanoseconds) -> Bool {
        let (least, most) = (min(one, other), max(one, other))
        return most - least <= max(jitter, Nanoseconds(Double(most) * slack))
    }

    /// What is known of the ends, each fact in a line.
    var facts: [String] {
        guard let earliest, let latest = all.map(\.age).max() else { return [] }
        var facts: [String] = []
        if all.count == 1 {
            facts.append("the server ended the stream after \(DurationText.format(earliest)), \(order)")
        } else {
            let ages = "\(DurationText.format(earliest)) to \(DurationText.format(latest))"
            let what = commonAge == nil ? "after \(ages)" : "at one age, \(ages)"
            facts.append("the server ended \(all.count) of \(watched) streams \(what), \(order)")
        }
        if let inactivity {
            facts.append(
                "each ended after \(DurationText.format(inactivity)) of silence"
                    + (wereSilent ? "; it had said nothing before, so that its age may be the reason as well" : "")
            )
        }
        if let survived { facts.append("another stream was still open after \(DurationText.format(survived))") }
        if let problem { facts.append("another stream could not be opened: \(problem)") }
        return facts
    }

    private var watched: Int { all.count + (survived == nil ? 0 : 1) }

    private var order: String {
        let errors = all.compactMap(\.error)
        guard let first = errors.first else { return "in good order" }
        return (errors.count == all.count ? "" : "\(errors.count) ") + "not in good order: \(first)"
    }
}

/// What keeps a stream alive, guessed from when its bytes came.
struct HeartbeatGuess: Equatable {
    /// The longest that a stream's first bytes take after its head; a comment in that time is a greeting, in ns.
    static let greeting: Nanoseconds = 100 * .perMillisecond
    /// By what share of the period an interval may differ from it.
    static let slack = 0.3
    /// Words that names of heartbeat events have in them.
    private static let words = ["ping", "heart", "beat", "alive", "tick"]

    /// What counts as a beat.
    let match: HeartbeatOptions.Match
    /// The period, in ns, rounded to two digits.
    let period: Nanoseconds

    /// A guess; nil where nothing came at regular intervals.
    init?(_ sight: EndpointSight) {
        if let period = Self.period(of: sight.comments.filter { $0 > Self.greeting }) {
            self.init(match: .comment, period: period)
            return
        }
        let regular = sight.events.compactMap { name, events in
            Self.period(of: events.times.filter { $0 > Self.greeting }).map { (name: name, period: $0) }
        }
        // An event of data that happens to be regular is no heartbeat; its name must say that it is one.
        let named = regular.filter { event in Self.words.contains { event.name.lowercased().contains($0) } }
        guard let event = named.min(by: { $0.name < $1.name }) else { return nil }
        self.init(match: .event(event.name), period: event.period)
    }

    private init(match: HeartbeatOptions.Match, period: Nanoseconds) {
        self.match = match
        self.period = period
    }

    /// The period of moments at regular intervals, two of them at least; nil where they are not.
    static func period(of times: [Nanoseconds]) -> Nanoseconds? {
        let intervals = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
        guard !intervals.isEmpty else { return nil }
        let median = intervals[intervals.count / 2]
        guard median >= .perMillisecond else { return nil }
        let bound = Double(median) * slack
        let isRegular = intervals.allSatisfy { abs(Double($0) - Double(median)) <= bound }
        return isRegular ? rounded(median) : nil
    }

    /// A duration in its first two digits.
    static func rounded(_ duration: Nanoseconds) -> Nanoseconds {
        var unit: Nanoseconds = 1
        while duration / unit >= 100 { unit *= 10 }
        return (duration + unit / 2) / unit * unit
    }
}
