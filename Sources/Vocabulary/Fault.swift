/// A known defect that the bundled server can be given.
public enum Fault: String, CaseIterable, Codable, Sendable {
    /// A client is inserted after its close handler was registered.
    case racyRegistry = "racy-registry"
    /// A client's close handler is registered some time after the client was inserted.
    case lateCloseHandler = "late-close-handler"
    /// No close handler is ever called.
    case closeNeverFires = "close-never-fires"
    /// A failed write of a broadcast does not remove the client.
    case writeErrorSwallowed = "write-error-swallowed"
    /// A connection slot is taken before the response starts and given back only by the end of its body.
    case slotBeforeBody = "slot-before-body"
    /// The same, and no stream is served any more once all slots are taken.
    case slotsUsedUp = "slots-used-up"
    /// A client that has gone is noticed at the second write to it, and never before.
    case secondWriteNotices = "second-write-notices"
    /// Inactivity timers survive their clients.
    case timerLeak = "timer-leak"
    /// Topics without subscribers are kept.
    case topicLeak = "topic-leak"
    /// A socket is never closed after the client's half-close.
    case fdLeak = "fd-leak"
    /// The queue of a client that does not read has no limit.
    case unboundedQueue = "unbounded-queue"
    /// The producer of a stream goes on when its client has gone.
    case generatorRunsOn = "generator-runs-on"
    /// No heartbeat is sent.
    case noHeartbeat = "no-heartbeat"
    /// Heartbeats stop after a while.
    case heartbeatStops = "heartbeat-stops"
    /// The time between heartbeats grows.
    case heartbeatDrift = "heartbeat-drift"
    /// All clients' heartbeats are sent at the same instants.
    case heartbeatHerd = "heartbeat-herd"
    /// Heartbeats do not restart the inactivity timer.
    case quietKill = "quiet-kill"
    /// Every stream is cut at one age, whatever it carries.
    case cutAtAge = "cut-at-age"
    /// Every stream ends in good order at one age and tells its client to come back: harmless.
    case recycles
    /// The first event tells clients to reconnect at once.
    case retryStorm = "retry-storm"
    /// A resumed stream lacks the first event that was missed.
    case lostOnResume = "lost-on-resume"
    /// A resumed stream repeats the last event that was seen.
    case duplicateOnResume = "duplicate-on-resume"
    /// The last event ID of another client replays that client's events.
    case crossSessionReplay = "cross-session-replay"
    /// A client that is registered during a broadcast misses it.
    case broadcastSkips = "broadcast-skips"
    /// A published event goes to one of the subscribers, in turn.
    case sharedQueue = "shared-queue"
    /// A client that comes back is subscribed some time after it was sent what it missed.
    case subscribeAfterReplay = "subscribe-after-replay"
    /// Events are held back until there are many bytes of them.
    case buffered
    /// A character of several bytes is cut across two events.
    case splitUTF8 = "split-utf8"
    /// Event streams are sent as plain text.
    case wrongContentType = "wrong-content-type"
    /// A line end within a query's value forges fields of an event.
    case idInjection = "id-injection"
    /// Connections are accepted late.
    case slowAccept = "slow-accept"
    /// Ordinary requests wait while many streams are open.
    case starvesBystanders = "starves-bystanders"
    /// A client that never finishes its handshake or request is kept for ever.
    case noHandshakeTimeout = "no-handshake-timeout"
    /// The process dies when a streaming connection is reset.
    case crashOnReset = "crash-on-reset"
    /// The process dies by a timer, some time after the client of a stream has left.
    case lateCrash = "late-crash"
    /// What the server tells of its state is made anew only every few seconds.
    case cachedState = "cached-state"
    /// A pool grows with the first streams, and stays.
    case poolWarmUp = "pool-warm-up"
    /// A total of all streams stands among the state's counts.
    case counterAsGauge = "counter-as-gauge"
    /// Every count of the state is always 0.
    case blindGauge = "blind-gauge"
    /// The state that is told is that of one of three processes.
    case preforkState = "prefork-state"
    /// Clients that have gone are counted until a sweep collects them.
    case collectedLate = "collected-late"

    /// The faults that harm no client, and only make the server's state hard to read.
    public static let ofState: Set<Fault> = [
        .cachedState, .poolWarmUp, .counterAsGauge, .blindGauge, .preforkState, .collectedLate,
    ]

    /// The whole server stands still for some seconds, once.
    case serverPause = "server-pause"
    /// A write to a client that does not read waits for it, and everything else with it.
    case frozenReaderStallsAll = "frozen-reader-stalls-all"

    /// The faults that cannot be switched on together with this one, since each decides when a client is inserted.
    public var excluded: [Fault] {
        switch self {
        case .lateCloseHandler: [.racyRegistry, .writeErrorSwallowed]
        case .racyRegistry, .writeErrorSwallowed: [.lateCloseHandler]
        default: []
        }
    }
}
