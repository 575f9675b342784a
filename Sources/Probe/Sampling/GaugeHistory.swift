import Vocabulary
import Record

/// All that was read of one gauge.
struct GaugeHistory: Sendable {
    /// Different names of gaps that are counted apart; further ones are counted together.
    static let gapNameLimit = 32

    /// How often a reading failed for one reason, and when first.
    struct GapCount: Equatable, Sendable {
        var count: UInt64
        let firstTime: Double
    }

    private(set) var series = BoundedSeries()
    private(set) var gaps: [String: GapCount] = [:]

    /// Takes in one reading, begun at a time in seconds.
    mutating func append(_ reading: GaugeReading, at time: Double) {
        switch reading {
        case .value(let value): series.append(time: time, value: value)
        case .gap(let name): addGaps(1, name: name, at: time)
        }
    }

    /// Counts readings that failed, the first of them at a time in seconds.
    mutating func addGaps(_ count: UInt64, name: String, at time: Double) {
        let name = gaps[name] != nil || gaps.count < Self.gapNameLimit ? name : GapName.other
        gaps[name, default: GapCount(count: 0, firstTime: time)].count += count
    }

    /// The highest value of each point, at the point's first moment.
    func recorded(unit: GaugeRecord.Unit) -> Series {
        var result = Series(unit: unit.rawValue)
        result.t = series.points.map(\.start)
        result.v = series.points.map(\.maximum)
        return result
    }
}
