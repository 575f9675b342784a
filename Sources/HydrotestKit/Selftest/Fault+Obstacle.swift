import Vocabulary

extension Fault {
    /// What the detection of the fault still needs; nil where a run finds it.
    public var obstacle: String? {
        switch self {
        case .racyRegistry, .lateCloseHandler, .closeNeverFires, .writeErrorSwallowed, .slotBeforeBody, .timerLeak,
            .topicLeak, .fdLeak, .unboundedQueue, .generatorRunsOn, .noHeartbeat, .heartbeatStops, .heartbeatDrift,
            .heartbeatHerd, .quietKill, .buffered, .wrongContentType, .slowAccept, .crashOnReset:
            nil
        case .retryStorm, .lostOnResume, .duplicateOnResume: "clients that reconnect"
        case .broadcastSkips: "events that are counted for each stream"
        case .splitUTF8, .idInjection: "a look at what the events say: hydrotest check, or fuzz"
        case .crossSessionReplay: "a look at whose events are replayed: hydrotest fuzz"
        }
    }
}
