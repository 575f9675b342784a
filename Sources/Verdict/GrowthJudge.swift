import Record
import RunProfile
import Vocabulary

/// Holds the growth of gauges under constant load to what the profile tolerates.
struct GrowthJudge {
    private let slopes: [String: GaugeSlope]
    private let options: LeakOptions

    /// A judge of slopes.
    init(slopes: [GaugeSlope], options: LeakOptions) {
        self.slopes = Dictionary(slopes.map { ($0.seriesName, $0) }) { first, _ in first }
        self.options = options
    }

    /// The slope of a gauge that grows by more than is tolerated; nil where it does not, or it is not known.
    ///
    /// Growth that no connection was started by has no rate to tolerate: it is always too much.
    func growth(_ verdict: GaugeVerdict) -> GaugeSlope? {
        guard verdict.jump == nil, verdict.standing != .total, let slope = slopes[verdict.seriesName], slope.isGrowing
        else { return nil }
        guard let rate = slope.per1000Connections else { return slope }
        return rate.low > tolerance(slope.unit) ? slope : nil
    }

    /// Whether a gauge counts as a leak for its growth alone.
    ///
    /// Of one that came back to its baseline once the connections were gone, the growth was theirs or a backlog's.
    func isLeak(_ verdict: GaugeVerdict) -> Bool {
        verdict.unit == .count && (verdict.class?.isLeak ?? true) && growth(verdict) != nil
    }

    /// How much a growing gauge weighs.
    func severity(_ verdict: GaugeVerdict) -> Severity {
        switch verdict.unit {
        case .count: isLeak(verdict) ? .failure : .warning
        case .bytes: options.byteTolerance == nil ? .warning : .failure
        case .total: .info
        }
    }

    /// What a thousand connections may leave behind, in the unit.
    func tolerance(_ unit: GaugeRecord.Unit) -> Double {
        switch unit {
        case .count: options.tolerance
        case .bytes: options.byteTolerance ?? 0
        case .total: 0
        }
    }
}
