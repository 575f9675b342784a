import Vocabulary

extension Faults {
    static let broadcastSkips = FaultDefinition(
        .broadcastSkips,
        "A broadcast goes to those who were there when it began: a client that is registered during its pause misses it."
    )

    /// Lets time pass between the choice of a broadcast's recipients and its writes.
    func holdBroadcast(_ pause: RegistrationPause, _ send: @escaping @Sendable () -> Void) {
        if contains(.broadcastSkips) { pause(send) } else { send() }
    }
}

extension Faults {
    static let sharedQueue = FaultDefinition(
        .sharedQueue,
        "All subscribers take from one queue: a published event goes to one of them, in turn."
    )

    /// The subscriber whose turn it is; nil where an event goes to all of them.
    ///
    /// - Parameter last: the one that had the last event.
    func turn(among subscribers: [ClientID], after last: ClientID?) -> ClientID? {
        guard contains(.sharedQueue) else { return nil }
        func comesBefore(_ left: ClientID, _ right: ClientID) -> Bool { left.value < right.value }
        let later = last.flatMap { last in subscribers.filter { comesBefore(last, $0) }.min(by: comesBefore) }
        return later ?? subscribers.min(by: comesBefore)
    }
}

extension Faults {
    static let lostOnResume = FaultDefinition(
        .lostOnResume,
        "A resumed stream lacks the first event that its client missed."
    )

    /// What is replayed of the events that a client has missed.
    func replayed(_ missed: [EventBytes]) -> [EventBytes] {
        contains(.lostOnResume) ? Array(missed.dropFirst()) : missed
    }
}

extension Faults {
    static let duplicateOnResume = FaultDefinition(
        .duplicateOnResume,
        "A resumed stream repeats the last event that its client has seen."
    )

    /// Whether an event is newer than the last one that a client has seen.
    func isMissed(_ number: UInt64, after last: UInt64) -> Bool {
        number > last || (contains(.duplicateOnResume) && number == last)
    }
}

extension Faults {
    static let crossSessionReplay = FaultDefinition(
        .crossSessionReplay,
        "A last event ID that another client was given replays that client's topic, subscribed to or not.",
        foundBy: .fuzz("whose events are replayed")
    )

    /// The topics that are replayed to a client.
    ///
    /// - Parameter seen: the topic of the event that the client names as the last one it has seen.
    func replayedTopics(_ topics: [String], seen: String?) -> [String] {
        guard contains(.crossSessionReplay), let seen else { return topics }
        return topics + [seen]
    }
}

extension Faults {
    static let subscribeAfterReplay = FaultDefinition(
        .subscribeAfterReplay,
        "A client that comes back is sent what it missed, and subscribed some time after that: what is published in between "
            + "is lost."
    )

    /// How long after the replay a client is subscribed, in ns.
    static let subscriptionPause: Nanoseconds = 150 * .perMillisecond

    private func subscribesLate(_ request: EventStreamRequest) -> Bool {
        contains(.subscribeAfterReplay) && request.lastSeen != nil
    }

    /// The topics that are replayed to a client: those that it is subscribed to, or will be.
    func topics(toReplayFor request: EventStreamRequest, subscribed: [String]) -> [String] {
        subscribesLate(request) ? request.topics : subscribed
    }

    /// Subscribes a client and sends it what it missed, or the other way round and with a pause between.
    func takeUp(
        _ request: EventStreamRequest,
        pause: RegistrationPause,
        replay: () -> Void,
        subscribe: @escaping @Sendable () -> Void
    ) {
        guard subscribesLate(request) else {
            subscribe()
            return replay()
        }
        replay()
        pause(subscribe)
    }
}

extension Faults {
    /// The faults of who is sent which event.
    static let ofDelivery = [
        broadcastSkips, sharedQueue, lostOnResume, duplicateOnResume, crossSessionReplay, subscribeAfterReplay,
    ]
}
