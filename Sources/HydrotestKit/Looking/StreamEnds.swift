import Vocabulary

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
