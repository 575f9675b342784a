import Vocabulary

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
