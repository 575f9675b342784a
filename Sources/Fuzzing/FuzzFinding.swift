import Verdict

/// Something that fuzzing found, with the case that shows it.
public struct FuzzFinding: Sendable {
    /// What was found.
    public var finding: Finding
    /// The file that repeats it; nil where no one case does.
    public var file: String?
    /// The number of the case that was found first.
    public var number: UInt64?
    /// The steps of the shrunk case, a line each.
    public var steps: [String]
    /// When it was found, in seconds since the first case.
    public var seconds: Double
}
