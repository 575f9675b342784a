/// Numbers broadcasts and keeps the last ones, for clients that come back.
struct BroadcastLog {
    private struct Entry {
        let number: UInt64
        let topic: String
        let event: EventBytes
    }

    private var entries: [Entry] = []
    /// Entries before this one have been dropped.
    private var first = 0
    private var bytes = 0
    /// The number of the last broadcast; 0 before the first.
    private(set) var latest: UInt64 = 0

    /// Numbers a broadcast, which becomes its event's ID, and keeps it.
    mutating func append(topic: String, data: String, faults: Faults) -> EventBytes {
        latest += 1
        let event = EventBytes.event(data: data, number: latest, faults: faults)
        entries.append(Entry(number: latest, topic: topic, event: event))
        bytes += event.body.count
        while entries.count - first > ClientRegistryLimits.keptEvents || bytes > ClientRegistryLimits.keptBytes {
            bytes -= entries[first].event.body.count
            first += 1
        }
        if first > ClientRegistryLimits.keptEvents {
            entries.removeFirst(first)
            first = 0
        }
        return event
    }

    /// The number that a stream starts from: the last one its client has seen, or the latest.
    func start(of request: EventStreamRequest) -> UInt64 {
        // A number past the latest is one of a server before this one.
        request.lastSeen.flatMap { $0 <= latest ? $0 : nil } ?? latest
    }

    /// The events of some topics that came after the last one that a client has seen, as far as they are kept.
    func missed(after last: UInt64, topics: [String], faults: Faults) -> [EventBytes] {
        guard last <= latest else { return [] }
        let kept = entries[first...]
        let replayed = faults.replayedTopics(topics, seen: kept.first { $0.number == last }?.topic)
        let missed = kept.filter { faults.isMissed($0.number, after: last) && replayed.contains($0.topic) }
        return faults.replayed(missed.map(\.event))
    }
}
