import Vocabulary

/// How many drops were made at a stage in a manner.
public struct DropCount: Codable, Equatable, Sendable {
    /// Where in the connection's life.
    public var stage: Stage
    /// How.
    public var manner: Manner
    /// How many.
    public var count: UInt64

    /// A count from its parts.
    public init(stage: Stage, manner: Manner, count: UInt64) {
        self.stage = stage
        self.manner = manner
        self.count = count
    }

    /// The sums of two lists, in order of stage and manner.
    public static func merged(_ left: [DropCount], _ right: [DropCount]) -> [DropCount] {
        var sums: [Stage: [Manner: UInt64]] = [:]
        for drop in left + right {
            sums[drop.stage, default: [:]][drop.manner, default: 0].saturatingAdd(drop.count)
        }
        return Stage.allCases.flatMap { stage in
            Manner.allCases.compactMap { manner in
                sums[stage]?[manner].map { DropCount(stage: stage, manner: manner, count: $0) }
            }
        }
    }
}

/// One drop, and when it was made.
public struct DropMoment: Codable, Equatable, Sendable {
    /// The last drops that a record keeps.
    public static let limit = 10

    /// Where in the connection's life.
    public var stage: Stage
    /// How.
    public var manner: Manner
    /// When, in seconds since the load's start.
    public var time: Double

    /// A drop from its parts.
    public init(stage: Stage, manner: Manner, time: Double) {
        self.stage = stage
        self.manner = manner
        self.time = time
    }

    /// The last of two lists, in order of their times.
    public static func merged(_ left: [DropMoment], _ right: [DropMoment]) -> [DropMoment] {
        (left + right).sorted { $0.time < $1.time }.suffix(limit)
    }
}
