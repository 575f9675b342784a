import Record
import Vocabulary

/// What was judged of one gauge.
public struct GaugeVerdict: Equatable, Sendable {
    /// The probe that read it.
    public var probe: String
    /// The gauge's name.
    public var gauge: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// What becomes of its residual; nil where the readings do not tell.
    public var `class`: LeakClass?
    /// Whether the class may be a worse one, as what came later could not be read.
    public var isAtLeast = false
    /// Units at the last rung that still held any above the slack; 0 where none did.
    public var leaked: Double
    /// The residuals and what they show, a sentence each.
    public var evidence: [String]
    /// What could not be read though the judgement would have needed it, a sentence each.
    public var unread: [String]

    /// What is known of the gauge itself.
    public var standing = GaugeStanding.unproven
    /// Whether leaks are judged by it at all.
    public var isJudged = true
    /// Units that it held once and no more, however many drops followed: no leak.
    public var retained = 0.0
    /// The fall that shows that the server restarted; nil where there was none.
    var jump: GaugeJump?

    /// Whether the gauge leaks.
    public var isLeak: Bool { self.class?.isLeak ?? false }

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge)" }
}
