/// What a drop matrix saw, cycle by cycle, in the order in which its cycles were made.
public struct MatrixRecord: Codable, Equatable, Sendable {
    /// The cycles that were made.
    public var cycles: [MatrixCycle] = []
    /// Cycles that were planned, the idle ones included.
    public var planned: UInt64
    /// What became of what leaking cells left; empty where none leaks, or there was nothing to wait for.
    public var trials: [MatrixTrial] = []

    /// A matrix that has not begun.
    public init(planned: UInt64) { self.planned = planned }
}
