import Vocabulary

/// What a fault is, and how it should be found.
public struct FaultDefinition: Equatable, Sendable {
    /// The fault.
    public let fault: Fault
    /// The sentence that explains it.
    public let sentence: String
    /// The leak that it causes; nil where it causes none.
    public let leak: FaultLeak?
    /// What finds it.
    public let foundBy: FaultFinder

    init(_ fault: Fault, _ sentence: String, leak: FaultLeak? = nil, foundBy: FaultFinder = .run) {
        self.fault = fault
        self.sentence = sentence
        self.leak = leak
        self.foundBy = foundBy
    }
}

/// What finds a fault.
public enum FaultFinder: Equatable, Sendable {
    /// A run.
    case run
    /// `hydrotest check`, or fuzz: what they look at.
    case check(String)
    /// `hydrotest fuzz` alone: what it looks at.
    case fuzz(String)
    /// Nothing: why.
    case nothing(String)

    /// What a run lacks to find the fault; nil where one finds it.
    public var obstacle: String? {
        switch self {
        case .run: nil
        case .check(let subject): "a look at \(subject): hydrotest check, or fuzz"
        case .fuzz(let subject): "a look at \(subject): hydrotest fuzz"
        case .nothing(let reason): "nothing, as \(reason)"
        }
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
    /// The last stage at which drops leak; nil where that does not tell the fault from others.
    public let lastStage: Stage?
    /// The one manner of drops that leak; nil where each does.
    public let manner: Manner?
    /// The faults that a server with this leak has the look of as well.
    public let resembled: Set<Fault>

    init(
        _ gauge: String,
        _ leakClass: LeakClass,
        withTopics classWithTopics: LeakClass? = nil,
        at stage: Stage = .requestSent,
        through lastStage: Stage? = nil,
        by manner: Manner? = nil,
        resembling resembled: Set<Fault> = []
    ) {
        self.gauge = gauge
        self.leakClass = leakClass
        self.classWithTopics = classWithTopics ?? leakClass
        self.stage = stage
        self.lastStage = lastStage
        self.manner = manner
        self.resembled = resembled
    }

    /// Whether drops of open streams leak; nil where that does not tell the fault from others.
    public var reachesStream: Bool? { lastStage.map { $0 >= .headersReceived } }
}

extension FaultLeak: CustomStringConvertible {
    /// The leak in a line: `clients permanent at request-sent`.
    public var description: String {
        let drops = stage.rawValue + (manner.map { " by \($0.rawValue)" } ?? "")
        let topics = classWithTopics == leakClass ? "" : "; with topics \(classWithTopics.rawValue)"
        return "\(gauge) \(leakClass.rawValue) at \(drops)\(topics)"
    }
}
