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
