import RunProfile
import Vocabulary

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
