/// The names of the known defects that the bundled server can be given.
///
/// What each does stands in its definition, in `ReferenceServer/Faults`.
public enum Fault: String, CaseIterable, Codable, Sendable {
    case racyRegistry = "racy-registry"
    case lateCloseHandler = "late-close-handler"
    case closeNeverFires = "close-never-fires"
    case writeErrorSwallowed = "write-error-swallowed"
    case slotBeforeBody = "slot-before-body"
    case slotsUsedUp = "slots-used-up"
    case secondWriteNotices = "second-write-notices"
    case timerLeak = "timer-leak"
    case topicLeak = "topic-leak"
    case fdLeak = "fd-leak"
    case unboundedQueue = "unbounded-queue"
    case generatorRunsOn = "generator-runs-on"
    case noHeartbeat = "no-heartbeat"
    case heartbeatStops = "heartbeat-stops"
    case heartbeatDrift = "heartbeat-drift"
    case heartbeatHerd = "heartbeat-herd"
    case quietKill = "quiet-kill"
    case cutAtAge = "cut-at-age"
    case recycles
    case retryStorm = "retry-storm"
    case lostOnResume = "lost-on-resume"
    case duplicateOnResume = "duplicate-on-resume"
    case crossSessionReplay = "cross-session-replay"
    case broadcastSkips = "broadcast-skips"
    case sharedQueue = "shared-queue"
    case subscribeAfterReplay = "subscribe-after-replay"
    case buffered
    case splitUTF8 = "split-utf8"
    case wrongContentType = "wrong-content-type"
    case idInjection = "id-injection"
    case slowAccept = "slow-accept"
    case starvesBystanders = "starves-bystanders"
    case noHandshakeTimeout = "no-handshake-timeout"
    case crashOnReset = "crash-on-reset"
    case lateCrash = "late-crash"
    case cachedState = "cached-state"
    case poolWarmUp = "pool-warm-up"
    case counterAsGauge = "counter-as-gauge"
    case blindGauge = "blind-gauge"
    case preforkState = "prefork-state"
    case collectedLate = "collected-late"
    case serverPause = "server-pause"
    case frozenReaderStallsAll = "frozen-reader-stalls-all"

    /// The pairs that cannot be switched on together, since each decides when a client is inserted.
    private static let exclusive: [(Fault, Fault)] = [
        (.lateCloseHandler, .racyRegistry), (.lateCloseHandler, .writeErrorSwallowed),
    ]

    /// The first of some others that this one cannot be switched on together with; nil where there is none.
    public func excluded(by others: Set<Fault>) -> Fault? {
        for (first, second) in Self.exclusive {
            if self == first, others.contains(second) { return second }
            if self == second, others.contains(first) { return first }
        }
        return nil
    }
}

/// The client registries that the bundled server can carry.
public enum RegistryKind: String, CaseIterable, Sendable {
    /// Inserts a client before it registers the close handler.
    case fixed
    /// Inserts a client after it has registered the close handler: leaks the clients that close in between.
    case racy

    /// The faults that the choice of a registry stands for.
    public var faults: Set<Fault> { self == .racy ? [.racyRegistry] : [] }
}
