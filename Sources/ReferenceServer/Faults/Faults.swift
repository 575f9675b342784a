import Vocabulary

/// The faults that are switched on in a server.
///
/// Each fault is one file beside this one: its explanation, and what it changes, which the clean server asks for.
public struct Faults: Equatable, Sendable {
    /// When heartbeats stop unless a run says otherwise, in ns.
    public static let defaultDelay: Nanoseconds = 60 * .perSecond

    /// Which faults are switched on.
    public var names: Set<Fault>
    /// After how long a fault sets in that does so with time, in ns.
    public var delay: Nanoseconds
    /// The share of registrations that a fault of their order acts on, from 0 to 1.
    public var share = 1.0

    /// How many deliveries of broadcasts are left out, of one event to one stream each.
    public var lose = 0
    /// How many deliveries of broadcasts are written twice.
    public var repeats = 0

    /// Faults by their names; none are those of the clean server.
    public init(_ names: Set<Fault> = [], delay: Nanoseconds = Faults.defaultDelay) {
        self.names = names
        self.delay = delay
    }

    func contains(_ fault: Fault) -> Bool { names.contains(fault) }
}

/// What a fault is, and as which leak it should be found.
public struct FaultExplanation: Equatable, Sendable {
    /// The sentence that explains it.
    public let sentence: String
    /// The leak that it causes; nil where it causes none.
    public let leak: FaultLeak?

    init(_ sentence: String, leak: FaultLeak? = nil) {
        self.sentence = sentence
        self.leak = leak
    }
}

/// A leak as it should be found.
public struct FaultLeak: Equatable, Sendable {
    /// The gauge that shows it: a member of `/debug/state`, or a gauge of the process.
    public let gauge: String
    /// Its class where the clients have no topics.
    public let leakClass: LeakClass
    /// Its class where they have topics.
    public let classWithTopics: LeakClass
    /// The first stage at which drops leak.
    public let stage: Stage
    /// The one manner of drops that leak; nil where each does.
    public let manner: Manner?

    init(
        _ gauge: String,
        _ leakClass: LeakClass,
        withTopics classWithTopics: LeakClass? = nil,
        at stage: Stage = .requestSent,
        by manner: Manner? = nil
    ) {
        self.gauge = gauge
        self.leakClass = leakClass
        self.classWithTopics = classWithTopics ?? leakClass
        self.stage = stage
        self.manner = manner
    }
}

extension FaultLeak: CustomStringConvertible {
    /// The leak in a line: `clients permanent at request-sent`.
    public var description: String {
        let drops = stage.rawValue + (manner.map { " by \($0.rawValue)" } ?? "")
        let topics = classWithTopics == leakClass ? "" : "; with topics \(classWithTopics.rawValue)"
        return "\(gauge) \(leakClass.rawValue) at \(drops)\(topics)"
    }
}

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
