import EventLoop

extension ClientMaps {
    private struct Recipient {
        let id: ClientID
        let response: any ServerResponse
        let timeout: (any InactivityTimer)?
    }

    func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void) {
        let recipients = maps.withLock { maps in
            let subscribers = maps.clientTopics.compactMap { id, topics -> Recipient? in
                guard topics.contains(topic), let response = maps.clients[id] else { return nil }
                return Recipient(id: id, response: response, timeout: maps.clientTimeouts[id])
            }
            guard let turn = faults.turn(among: subscribers.map(\.id), after: maps.served) else { return subscribers }
            maps.served = turn
            return subscribers.filter { $0.id == turn }
        }
        faults.holdBroadcast(pause) { [self] in
            let event = maps.withLock { $0.log.append(topic: topic, data: data, faults: faults) }
            sent(send(event, to: recipients))
        }
    }

    private func send(_ event: EventBytes, to recipients: [Recipient]) -> Int {
        var reached = 0
        for recipient in recipients {
            if deliver(event, to: recipient.response) {
                recipient.timeout?.restart()
                reached += 1
            } else if faults.removesUnwritable {
                unsubAll(recipient.id)
            }
        }
        return reached
    }

    /// Writes an event, or leaves it out, or writes it twice.
    private func deliver(_ event: EventBytes, to response: any ServerResponse) -> Bool {
        // A client that has gone loses nothing.
        guard misdelivery.withLock({ $0.isDue }), !response.isClosed else { return response.write(event) }
        switch misdelivery.withLock({ $0.next() }) {
        case .once: return response.write(event)
        case .never: return true
        case .twice: return response.write(event) && response.write(event)
        }
    }

    /// The first event of a stream.
    ///
    /// Its ID is the number that the stream starts from, so that a client that loses the stream resumes from there.
    func connected(_ id: ClientID, for request: EventStreamRequest) -> EventBytes {
        let number = maps.withLock { $0.log.start(of: request) }
        return EventBytes.connected(id, number: number, for: request, faults: faults)
    }

    func replay(to id: ClientID, for request: EventStreamRequest) {
        guard let last = request.lastSeen else { return }
        let (response, missed) = maps.withLock { maps in
            let topics = faults.topics(toReplayFor: request, subscribed: maps.clientTopics[id] ?? [])
            return (maps.clients[id], maps.log.missed(after: last, topics: topics, faults: faults))
        }
        guard let response else { return }
        for event in missed {
            guard response.write(event) else { break }
        }
    }
}

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

/// Leaves out a known number of deliveries and doubles another, so that what a load generator counts can be checked.
///
/// Which ones is no chance: of every ``period`` deliveries one is left out and another doubled, until each number is
/// reached. The period is a prime, so that they are spread over streams and messages.
struct Misdelivery {
    /// How often an event is to be written to a stream.
    enum Writes {
        case never
        case once
        case twice
    }

    /// From one delivery that is left out to the next.
    static let period = 101

    private var losesLeft: Int
    private var repeatsLeft: Int
    private var deliveries = 0

    init(lose: Int, repeats: Int) {
        (losesLeft, repeatsLeft) = (lose, repeats)
    }

    /// Whether any delivery is still to go wrong.
    var isDue: Bool { losesLeft > 0 || repeatsLeft > 0 }

    /// How the next delivery goes.
    mutating func next() -> Writes {
        deliveries += 1
        switch deliveries % Self.period {
        case 0 where losesLeft > 0:
            losesLeft -= 1
            return .never
        case Self.period / 2 where repeatsLeft > 0:
            repeatsLeft -= 1
            return .twice
        default: return .once
        }
    }
}
