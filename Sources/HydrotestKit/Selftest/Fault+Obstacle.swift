import Vocabulary

extension Fault {
    /// What the detection of the fault still needs; nil where a run finds it.
    public var obstacle: String? {
        switch self {
        case .racyRegistry, .lateCloseHandler, .closeNeverFires, .writeErrorSwallowed, .slotBeforeBody, .slotsUsedUp,
            .secondWriteNotices, .timerLeak,
            .topicLeak, .fdLeak, .unboundedQueue, .generatorRunsOn, .noHeartbeat, .heartbeatStops, .heartbeatDrift,
            .heartbeatHerd, .quietKill, .broadcastSkips, .buffered, .wrongContentType, .slowAccept, .crashOnReset,
            .lateCrash, .sharedQueue, .subscribeAfterReplay,
            .retryStorm, .lostOnResume, .duplicateOnResume, .cachedState, .poolWarmUp, .counterAsGauge, .blindGauge,
            .preforkState, .collectedLate, .serverPause, .frozenReaderStallsAll, .cutAtAge, .starvesBystanders,
            .noHandshakeTimeout:
            nil
        case .recycles: "nothing, as it is none: the self-test takes such a server for a clean one"
        case .splitUTF8, .idInjection: "a look at what the events say: hydrotest check, or fuzz"
        case .crossSessionReplay: "a look at whose events are replayed: hydrotest fuzz"
        }
    }
}
