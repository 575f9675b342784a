import Record
import Vocabulary

extension FindingRules {
    /// Gauges that grew under constant load.
    var growingGauges: [Finding] {
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
