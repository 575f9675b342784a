import Synchronization

extension ClientMaps {
    private struct Recipient {
        let id: ClientID
        let response: any ServerResponse
        let timeout: (any InactivityTimer)?
    }

    func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void) {
        let recipients = maps.withLock { maps in
            maps.clientTopics.compactMap { id, topics -> Recipient? in
                guard topics.contains(topic), let response = maps.clients[id] else { return nil }
                return Recipient(id: id, response: response, timeout: maps.clientTimeouts[id])
            }
        }
        faults.holdBroadcast(pause) { [self] in
            let event = maps.withLock { $0.log.append(topic: topic, data: data, faults: faults) }
            sent(send(event, to: recipients))
        }
    }

    private func send(_ event: EventBytes, to recipients: [Recipient]) -> Int {
        var reached = 0
        for recipient in recipients {
            if recipient.response.write(event) {
                recipient.timeout?.restart()
                reached += 1
            } else if faults.removesUnwritable {
                unsubAll(recipient.id)
            }
        }
        return reached
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
            let topics = maps.clientTopics[id] ?? []
            return (maps.clients[id], maps.log.missed(after: last, topics: topics, faults: faults))
        }
        guard let response else { return }
        for event in missed {
            guard response.write(event) else { break }
        }
    }
}
