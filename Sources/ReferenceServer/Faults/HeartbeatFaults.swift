import Vocabulary

extension Faults {
    static let noHeartbeat = FaultDefinition(
        .noHeartbeat,
        "No heartbeat is sent: proxies and the inactivity timer end quiet streams."
    )

    /// Whether streams have heartbeats.
    var hasHeartbeats: Bool { !contains(.noHeartbeat) }
}

extension Faults {
    static let heartbeatStops = FaultDefinition(
        .heartbeatStops,
        "A stream's heartbeats stop after its first minute, or after --fault-after."
    )

    /// Whether a stream that began at a moment has no heartbeat at another one.
    func heartbeatsAreOver(at moment: Nanoseconds, since start: Nanoseconds) -> Bool {
        contains(.heartbeatStops) && moment > start.saturatingAdding(delay)
    }
}

extension Faults {
    static let heartbeatDrift = FaultDefinition(
        .heartbeatDrift,
        "Each wait for a stream's next heartbeat is a tenth of the period longer than the one before."
    )

    /// How long the wait is for the heartbeat after so many of a stream, in ns.
    func heartbeatInterval(_ period: Nanoseconds, after beats: UInt64) -> Nanoseconds {
        guard contains(.heartbeatDrift) else { return period }
        let (drift, isTooLong) = (period / 10).multipliedReportingOverflow(by: beats)
        return isTooLong ? .max : period.saturatingAdding(drift)
    }
}

extension Faults {
    static let heartbeatHerd = FaultDefinition(
        .heartbeatHerd,
        "All streams' heartbeats are sent at the same instants, whenever the streams began."
    )

    /// When a heartbeat that is due at a moment is sent.
    func heartbeatMoment(_ moment: Nanoseconds, period: Nanoseconds) -> Nanoseconds {
        contains(.heartbeatHerd) ? moment - moment % period : moment
    }
}

extension Faults {
    static let quietKill = FaultDefinition(
        .quietKill,
        "Heartbeats do not restart the inactivity timer, which ends healthy streams of quiet topics."
    )

    /// Whether heartbeats count as activity.
    var heartbeatsAreActivity: Bool { !contains(.quietKill) }
}

extension Faults {
    /// The faults of heartbeats.
    static let ofHeartbeats = [noHeartbeat, heartbeatStops, heartbeatDrift, heartbeatHerd, quietKill]
}
