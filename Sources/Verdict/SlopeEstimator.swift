import Record
import Vocabulary

/// How each gauge of a run changed while the load was constant.
///
/// A gauge's own warm-up at the beginning is cut off by ``WarmUp``. What is left of the time must be long enough,
/// ``VerdictLimits/shortestTrend``, and read often enough, ``VerdictLimits/fewestTrendBins``; else there is no slope.
public struct SlopeEstimator: Sendable {
    private let record: RunRecord

    /// An estimator of a record's slopes.
    public init(record: RunRecord) { self.record = record }

    /// The slopes, in the order of the gauges; a gauge that has none is left out, and one of totals, which only grow.
    public var slopes: [GaugeSlope] {
        guard let steady = record.steady, steady.end - steady.start >= VerdictLimits.shortestTrend else { return [] }
        return record.gauges.prefix(VerdictLimits.slopes).compactMap { slope(of: $0, within: steady) }
    }

    private func slope(of gauge: GaugeRecord, within steady: SteadySpan) -> GaugeSlope? {
        guard gauge.unit != .total, let series = record.series[gauge.seriesName] else { return nil }
        var points = zip(series.t, series.v)
            .filter { $0.0 >= steady.start && $0.0 <= steady.end && $0.1.isFinite }
            .sorted { $0.0 < $1.0 }
        points.removeFirst(WarmUp.length(of: points.map(\.1)))
        guard let start = points.first?.0, let end = points.last?.0, end - start >= VerdictLimits.shortestTrend,
            let trend = Trend(times: points.map(\.0), values: points.map(\.1))
        else { return nil }
        let perSecond = GaugeSlope.Estimate(value: trend.slope, low: trend.low, high: trend.high)
        guard perSecond.scaled(by: 3_600).isFinite else { return nil }
        let connections = record.series["arrivals"]?.integral(from: start, to: end) ?? 0
        let per1000 = connections >= 1 ? perSecond.scaled(by: 1_000 * (end - start) / connections) : nil
        let slack = VerdictLimits.slack[gauge.gauge] ?? 0
        return GaugeSlope(
            probe: gauge.probe,
            gauge: gauge.gauge,
            unit: gauge.unit,
            start: start,
            end: end,
            bins: trend.bins,
            connections: UInt64(clamping: Int(exactly: connections.rounded()) ?? 0),
            perHour: perSecond.scaled(by: 3_600),
            per1000Connections: per1000?.isFinite == true ? per1000 : nil,
            p: trend.p,
            isGrowing: trend.isGrowth && trend.slope * (end - start) > slack
        )
    }
}
