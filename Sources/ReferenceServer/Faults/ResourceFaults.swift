import Vocabulary

extension Faults {
    static let slotBeforeBody = FaultDefinition(
        .slotBeforeBody,
        "A connection slot is taken before the response starts and given back only by the end of its body: a close in "
            + "between keeps it for ever.",
        leak: FaultLeak("slots", .permanent, through: .responseStarted)
    )

    static let slotsUsedUp = FaultDefinition(
        .slotsUsedUp,
        "The same with \(fewSlots) slots: once they are used up the server answers 503 to every stream, for good.",
        leak: FaultLeak("slots", .permanent, through: .responseStarted)
    )

    /// Slots that are soon used up.
    private static let fewSlots = 64

    /// Whether any close gives a slot back, not only one within the body.
    var tiesSlotsToConnections: Bool { !contains(.slotBeforeBody) && !contains(.slotsUsedUp) }

    /// The streams that may be open at a time.
    var slots: Int { contains(.slotsUsedUp) ? Self.fewSlots : ReferenceServerLimits.slots }
}

extension Faults {
    static let timerLeak = FaultDefinition(
        .timerLeak,
        "Inactivity timers are not cancelled with their clients: each runs out.",
        leak: FaultLeak("timers", .bounded, through: .streaming)
    )

    /// Whether a client's timer goes with it.
    var cancelsTimers: Bool { !contains(.timerLeak) }
}

extension Faults {
    static let topicLeak = FaultDefinition(
        .topicLeak,
        "Every client gets a topic of its own, and topics without subscribers stay in the map.",
        leak: FaultLeak("topics", .permanent, through: .streaming)
    )

    /// Whether topics stay when their last subscriber goes.
    var keepsEmptyTopics: Bool { contains(.topicLeak) }

    /// The topics that a client has without naming them.
    func ownTopics(of id: ClientID) -> [String] { contains(.topicLeak) ? ["client-\(id)"] : [] }
}

extension Faults {
    static let unboundedQueue = FaultDefinition(
        .unboundedQueue,
        "The queue of a client that does not read has no limit: queuedBytes and memory grow with every event."
    )

    /// Bytes that may wait in a connection's queue.
    var queuedBytesLimit: Int { contains(.unboundedQueue) ? .max : ReferenceServerLimits.queuedBytes }
}

extension Faults {
    static let generatorRunsOn = FaultDefinition(
        .generatorRunsOn,
        "The producer of a completion goes on to its last token when its client has gone.",
        // Producers that run on for nobody keep the server from everything else.
        leak: FaultLeak("producers", .bounded, resembling: [.slowAccept, .serverPause])
    )

    /// Whether a producer stops when its client has gone.
    var stopsProducers: Bool { !contains(.generatorRunsOn) }
}

extension Faults {
    /// The faults of what a client takes up.
    static let ofResources = [
        slotBeforeBody, slotsUsedUp, timerLeak, topicLeak, unboundedQueue, generatorRunsOn,
    ]
}
