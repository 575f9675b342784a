import Vocabulary

/// How a server is fuzzed.
public struct FuzzOptions: Sendable {
    /// What every case is made from, together with its number.
    public var seed: UInt64 = 1
    /// After how long no further batch is begun, in ns; nil for no such bound.
    public var time: Nanoseconds?
    /// How many cases are carried out; nil for no such bound.
    public var cases: UInt64?
    /// The one kind of case that is tried; nil for all.
    public var only: CaseKind?
    /// Cases that are carried out at once.
    public var concurrency = 64
    /// After how many different findings no more is looked for; nil for no such bound.
    public var findings: Int?
    /// The folder of cases that later runs start from; nil for none.
    public var corpus: String?
    /// The folder that a finding's case is written to.
    public var reportFolder = "Reports/fuzz"

    /// The defaults.
    public init() {}
}
