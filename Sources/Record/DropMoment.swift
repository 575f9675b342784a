import Vocabulary

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
