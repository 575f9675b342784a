import Record
import Vocabulary

/// How far the beats of all streams fall together.
public struct PhaseSummary: Codable, Equatable, Sendable {
    /// 1 where all beats come at one phase of the period, 0 where they come at any.
    public var coherence: Double
    /// The same of the streams' beginnings.
    public var startCoherence: Double
    /// Whether streams that began at all phases beat at one.
    public var herd: Bool
    /// The largest share of the beats within ``burstWidth``.
    public var burstShare: Double
    /// How long a burst is, in ns.
    public var burstWidth: Nanoseconds
    /// About how many streams beat in it.
    public var burstStreams: UInt64

    /// The figures of some phases; nil where too few streams beat at a time.
    public init?(_ phases: PhaseRecord) {
        guard let coherence = phases.coherence, let starts = phases.startCoherence, let share = phases.burstShare else {
            return nil
        }
        self.coherence = coherence
        startCoherence = starts
        herd = phases.isHerd
        burstShare = share
        burstWidth = phases.burstWidth
        burstStreams = UInt64((share * Double(phases.streams)).rounded())
    }
}
