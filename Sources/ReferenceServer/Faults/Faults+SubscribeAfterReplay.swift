import Vocabulary

extension Faults {
    static let subscribeAfterReplay = FaultExplanation(
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
