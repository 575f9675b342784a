import Record
import Vocabulary

/// Finds gauges that jumped back: what they hold afterwards is another server's, and says nothing about a leak.
///
/// A fall alone is no jump, since streams end and other clients leave. It is one
/// - where a total falls, which only grows;
/// - where it comes with refused connections to the server that the probe reads, which answered before;
/// - where streams are open and the gauge falls in one step from above its baseline to less than half of the least
///   that it showed before the load.
struct GaugeJumpFinder {
    private static let refused = "ECONNREFUSED"

    private let record: RunRecord

    /// A finder in a record.
    init(record: RunRecord) { self.record = record }

    /// The first jump of a gauge; nil where there is none.
    func jump(of gauge: GaugeRecord) -> GaugeJump? {
        guard let series = record.series[gauge.seriesName] else { return nil }
        let points = zip(series.t, series.v).map { (time: $0, value: $1) }
        let refusedAt = gauge.firstGaps?[Self.refused]
        let load = record.phases.first { $0.name == .load }
        let floor = points.prefix { $0.time < load?.start ?? 0 }.map(\.value).min()
        for (before, after) in zip(points, points.dropFirst()) where after.value < before.value {
            let reason: String? =
                if gauge.unit == .total {
                    "it counts what has happened so far, and only grows"
                } else if let refusedAt, before.time < refusedAt, refusedAt < after.time {
                    "connections to the server were refused in between"
                } else if gauge.unit == .count, let floor, let load, after.value < floor / 2,
                    before.value > gauge.baseline ?? .infinity, (load.start...load.end).contains(after.time),
                    areStreamsOpen(at: after.time)
                {
                    "before the load it held \(Wording.number(floor)) at least, and streams were open"
                } else {
                    nil
                }
            if let reason {
                return GaugeJump(time: after.time, before: before.value, after: after.value, reason: reason)
            }
        }
        return nil
    }

    private func areStreamsOpen(at time: Double) -> Bool {
        guard let streams = record.series["streams"] else { return false }
        let next = streams.t.firstIndex { $0 >= time } ?? streams.t.count
        // Open before and after, so that what falls as the last stream ends is no jump.
        return next > 0 && next < streams.v.count && streams.v[next - 1] > 0 && streams.v[next] > 0
    }
}
