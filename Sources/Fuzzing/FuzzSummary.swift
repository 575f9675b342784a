import Verdict
import Vocabulary

/// What a run of the fuzzer came to.
public struct FuzzSummary: Sendable {
    /// The seed.
    public var seed: UInt64
    /// The server, as the command line named it.
    public var target: String
    /// Cases of each kind whose exchange has ended, those for narrowing and shrinking left out.
    public var cases: [CaseKind: UInt64] = [:]
    /// How long they took, with the oracles after them, in seconds; narrowing and shrinking left out.
    public var seconds = 0.0
    /// How long all took, in seconds.
    public var totalSeconds = 0.0
    /// What was found.
    public var findings: [FuzzFinding] = []
    /// Cases that were added to the corpus.
    public var corpusAdded = 0
    /// The gauges that were watched.
    public var gauges: [String] = []
    /// Whether a signal ended it.
    public var interrupted = false

    /// All cases.
    public var total: UInt64 { cases.values.reduce(0, +) }

    /// Cases a second.
    public var rate: Double { seconds > 0 ? Double(total) / seconds : 0 }

    /// Whether nothing was found that fails a run.
    public var passed: Bool { !findings.contains { $0.finding.severity == .failure } }
}
