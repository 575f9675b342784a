import Vocabulary

extension Fault {
    /// What the detection of the fault still needs; nil where a run finds it.
    public var obstacle: String? {
        switch self {
        case .racyRegistry, .lateCloseHandler, .closeNeverFires, .writeErrorSwallowed, .slotBeforeBody, .timerLeak,
            .topicLeak, .fdLeak, .unboundedQueue, .generatorRunsOn, .noHeartbeat, .heartbeatStops, .heartbeatDrift,
            .heartbeatHerd, .quietKill, .broadcastSkips, .buffered, .wrongContentType, .slowAccept, .crashOnReset,
            .retryStorm, .lostOnResume, .duplicateOnResume, .cachedState, .poolWarmUp, .counterAsGauge, .blindGauge,
            .preforkState, .collectedLate, .starvesBystanders, .noHandshakeTimeout:
            nil
        case .splitUTF8, .idInjection: "a look at what the events say: hydrotest check, or fuzz"
        case .crossSessionReplay: "a look at whose events are replayed: hydrotest fuzz"
        }
    }
}
