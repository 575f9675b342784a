import Vocabulary

/// One stream of our own, on a topic of its own.
final class Canary {
    let channel: Channel
    var link: Link?
    /// The number of the last event that has come on its present connection.
    var last = 0
    /// The number of the last event that was published before its stream stood, and need not come; nil until it stands.
    var owedAfter: Int?
    /// Events that need not come.
    var excused: Set<Int> = []
    /// Heartbeats so far.
    var beats = 0
    /// When the last one came, in ns of the realtime clock.
    var lastBeat: Nanoseconds = 0
    /// The longest time between two of them, in ns.
    var longestGap: Nanoseconds = 0

    init(_ channel: Channel) { self.channel = channel }

    /// Takes up a new connection.
    func begin(_ link: Link) {
        self.link = link
        last = 0
        owedAfter = nil
        excused = []
        beats = 0
        longestGap = 0
    }

    /// Whether its stream stands: the head has come and, where there is one, a first event.
    var isStanding: Bool {
        guard let link, !link.isOver else { return false }
        return link.reader.isStreaming
    }

    /// The first event that had to come before a number and did not; nil where all came.
    func firstMissing(before number: Int) -> Int? {
        guard let owedAfter else { return nil }
        let from = max(last, owedAfter) + 1
        return from < number ? (from..<number).first { !excused.contains($0) } : nil
    }
}
