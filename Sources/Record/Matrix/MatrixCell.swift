import Vocabulary

/// A cell of a drop matrix: a stage with a manner that applies there.
public struct MatrixCell: Codable, Hashable, Sendable {
    /// Where the connections are dropped.
    public var stage: Stage
    /// How.
    public var manner: Manner

    /// A cell from its parts.
    public init(stage: Stage, manner: Manner) {
        self.stage = stage
        self.manner = manner
    }
}
