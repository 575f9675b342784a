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

/// How a gauge changed under constant load.
public struct GaugeSlope: Codable, Equatable, Sendable {
    /// A figure with its 99% interval.
    public struct Estimate: Codable, Equatable, Sendable {
        /// The figure.
        public var value: Double
        /// The interval's lower end.
        public var low: Double
        /// The interval's upper end.
        public var high: Double

        /// An estimate from its parts.
        public init(value: Double, low: Double, high: Double) {
            self.value = value
            self.low = low
            self.high = high
        }

        func scaled(by factor: Double) -> Estimate {
            Estimate(value: value * factor, low: low * factor, high: high * factor)
        }

        var isFinite: Bool { value.isFinite && low.isFinite && high.isFinite }
    }

    /// The probe that read it.
    public var probe: String
    /// The gauge's name.
    public var gauge: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// From when on it is looked at, without its warm-up, in seconds since the run's start.
    public var start: Double
    /// Until when, in seconds since the run's start.
    public var end: Double
    /// The time bins whose medians the slope goes through.
    public var bins: Int
    /// Connections started meanwhile.
    public var connections: UInt64
    /// Units an hour.
    public var perHour: Estimate
    /// Units for a thousand connections started; nil where there was none.
    public var per1000Connections: Estimate?
    /// How often chance alone brings a trend as strong, up or down.
    public var p: Double
    /// Whether it grows: upward, not by chance, in both halves of the time, and past what healthy servers grow by.
    public var isGrowing: Bool

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge)" }

    /// By how much it changed in the time that was looked at, in its unit.
    public var rise: Double { perHour.value * (end - start) / 3_600 }
}

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

extension FindingKind {
    /// A gauge grew under constant load.
    public static let gaugeGrows = FindingKind(
        "gauge-grows",
        matters: "Under the same load the server holds more and more: given enough time it runs out.",
        look: "Look at what is made for each connection or event and kept in a list, map or cache without a bound; "
            + "compare two heap snapshots an hour apart."
    ) { $0.growingGauges }
}

extension FindingRules {
    /// Gauges that grew under constant load.
    fileprivate var growingGauges: [Finding] {
        traced.compactMap { verdict, _ in
            guard let slope = growth.growth(verdict) else { return nil }
            let figure = { (value: Double) in
                slope.unit == .bytes ? NumberText.bytes(value) : NumberText.threeDigits(value)
            }
            let perThousand = slope.per1000Connections.map { ", \(figure($0.value)) per 1,000 connections" } ?? ""
            return finding(
                .gaugeGrows,
                growth.severity(verdict),
                "\(slope.gauge): grows under constant load, by \(figure(slope.perHour.value)) an hour\(perThousand)",
                evidence(slope, figure) + [becomes(verdict)] + ["Read by the probe \(slope.probe)."]
            )
        }
    }

    private func evidence(_ slope: GaugeSlope, _ figure: (Double) -> String) -> [String] {
        let seconds = { (time: Double) in DurationText.format(Nanoseconds(seconds: max(0, time).rounded())) }
        let span = "From \(seconds(slope.start)) to \(seconds(slope.end)) into the run"
        var lines = [
            "\(span), when the load was constant and the warm-up over, it rose by \(figure(slope.rise)).",
            "An hour: \(figure(slope.perHour.value)) (99% interval \(figure(slope.perHour.low)) to "
                + "\(figure(slope.perHour.high)); Theil–Sen slope of \(slope.bins) medians).",
        ]
        if let rate = slope.per1000Connections {
            lines.append(
                "For each 1,000 of \(Wording.count(slope.connections, "connection")): \(figure(rate.value)) "
                    + "(\(figure(rate.low)) to \(figure(rate.high))); tolerated: \(figure(growth.tolerance(slope.unit)))."
            )
        }
        let chance = slope.p < 0.000_001 ? "less than 0.000001" : NumberText.fixed(slope.p, digits: 6)
        lines.append("By chance alone with a probability of \(chance) (Mann–Kendall test); it goes on to the end.")
        return lines
    }

    private func becomes(_ verdict: GaugeVerdict) -> String {
        guard verdict.unit == .count else {
            return
                "Memory may grow for a while before it levels off; a longer run tells. leak.byteTolerance sets a bound."
        }
        switch verdict.class {
        case nil: return "What becomes of it after the load was not read."
        case .some(.none), .drains:
            return "It was given back once the connections were gone: they hold it while they last, or work piles up."
        case .some(let leakClass):
            return "After the load it is \(LeakWording.name(leakClass, isAtLeast: verdict.isAtLeast))."
        }
    }
}
