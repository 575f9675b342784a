import Vocabulary

/// How a drop matrix is made: which cells, and how often each is tried.
public struct MatrixOptions: Equatable, Sendable {
    /// The stages of the matrix, in order; nil for those that the profile's scenarios drop at.
    public var stages: [Stage]?
    /// The manners of the matrix; nil for those that the profile's scenarios drop in.
    public var manners: [Manner]?
    /// How often each cell is tried; the spread of what the tries leave is what its interval comes from.
    public var cycles = 5
    /// Drops of each cycle.
    public var drops = 50
    /// Cycles without a drop, from which each gauge's noise and drift are measured.
    public var idle = 4

    /// Every stage and manner that the profile drops at.
    public init() {}
}
