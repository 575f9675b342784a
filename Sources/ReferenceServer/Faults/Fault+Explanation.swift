import Vocabulary

extension Fault {
    /// What the fault is, and as which leak it should be found.
    public var explanation: FaultExplanation {
        switch self {
        case .racyRegistry: Faults.racyRegistry
        case .lateCloseHandler: Faults.lateCloseHandler
        case .closeNeverFires: Faults.closeNeverFires
        case .writeErrorSwallowed: Faults.writeErrorSwallowed
        case .slotBeforeBody: Faults.slotBeforeBody
        case .slotsUsedUp: Faults.slotsUsedUp
        case .secondWriteNotices: Faults.secondWriteNotices
        case .timerLeak: Faults.timerLeak
        case .topicLeak: Faults.topicLeak
        case .fdLeak: Faults.fdLeak
        case .unboundedQueue: Faults.unboundedQueue
        case .generatorRunsOn: Faults.generatorRunsOn
        case .noHeartbeat: Faults.noHeartbeat
        case .heartbeatStops: Faults.heartbeatStops
        case .heartbeatDrift: Faults.heartbeatDrift
        case .heartbeatHerd: Faults.heartbeatHerd
        case .quietKill: Faults.quietKill
        case .cutAtAge: Faults.cutAtAge
        case .recycles: Faults.recycles
        case .retryStorm: Faults.retryStorm
        case .lostOnResume: Faults.lostOnResume
        case .duplicateOnResume: Faults.duplicateOnResume
        case .crossSessionReplay: Faults.crossSessionReplay
        case .broadcastSkips: Faults.broadcastSkips
        case .sharedQueue: Faults.sharedQueue
        case .subscribeAfterReplay: Faults.subscribeAfterReplay
        case .buffered: Faults.buffered
        case .splitUTF8: Faults.splitUTF8
        case .wrongContentType: Faults.wrongContentType
        case .idInjection: Faults.idInjection
        case .slowAccept: Faults.slowAccept
        case .starvesBystanders: Faults.starvesBystanders
        case .noHandshakeTimeout: Faults.noHandshakeTimeout
        case .crashOnReset: Faults.crashOnReset
        case .lateCrash: Faults.lateCrash
        case .cachedState: Faults.cachedState
        case .poolWarmUp: Faults.poolWarmUp
        case .counterAsGauge: Faults.counterAsGauge
        case .blindGauge: Faults.blindGauge
        case .preforkState: Faults.preforkState
        case .collectedLate: Faults.collectedLate
        case .serverPause: Faults.serverPause
        case .frozenReaderStallsAll: Faults.frozenReaderStallsAll
        }
    }
}
