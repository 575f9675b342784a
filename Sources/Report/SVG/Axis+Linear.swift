import Glibc
import Vocabulary

extension Axis {
    /// About how many steps an axis has.
    static let wantedSteps = 4.0

    /// An axis from zero to at least a value, in steps of 1, 2 or 5 times a power of ten (of two, for bytes).
    static func values(upTo highest: Double, unit: String) -> Axis {
        let highest = highest.isFinite && highest > 1e-9 ? highest : 1
        var step = unit == "bytes" ? binaryStep(highest / wantedSteps) : decimalStep(highest / wantedSteps)
        if unit == "streams" || unit == "count" { step = max(step, 1) }
        let steps = max((highest / step).rounded(.up), 1)
        return Axis(
            lower: 0,
            upper: steps * step,
            logarithmic: false,
            ticks: (0...Int(steps)).map { index in
                Tick(value: Double(index) * step, label: AxisLabel.text(Double(index) * step, unit: unit))
            }
        )
    }

    /// An axis of seconds from zero to an end, in steps that people count time in.
    static func time(upTo end: Double) -> Axis {
        let end = end.isFinite && end > 0 ? end : 1
        let wanted = end / 6
        let steps: [Double] = [
            0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200,
        ]
        let step = steps.first { $0 >= wanted } ?? decimalStep(wanted)
        return Axis(
            lower: 0,
            upper: end,
            logarithmic: false,
            ticks: (0...Int((end / step).rounded(.down))).map { index in
                Tick(value: Double(index) * step, label: AxisLabel.time(Double(index) * step))
            }
        )
    }

    /// An axis from one value to another, with ticks at multiples of 1, 2 or 5 times a power of ten.
    static func between(_ lowest: Double, _ highest: Double, unit: String) -> Axis {
        let lowest = lowest.isFinite ? lowest : 0
        let highest = highest.isFinite && highest > lowest ? highest : lowest + 1
        let step = decimalStep((highest - lowest) / wantedSteps)
        let first = (lowest / step).rounded(.up)
        let count = Int(max(0, (highest / step).rounded(.down) - first)) + 1
        return Axis(
            lower: lowest,
            upper: highest,
            logarithmic: false,
            ticks: (0..<count).map { index in
                let value = (first + Double(index)) * step
                return Tick(value: value, label: AxisLabel.text(value, unit: unit))
            }
        )
    }

    private static func decimalStep(_ wanted: Double) -> Double {
        let power = pow(10, log10(wanted).rounded(.down))
        return (([1, 2, 5].first { $0 * power >= wanted * 0.999 }) ?? 10) * power
    }

    private static func binaryStep(_ wanted: Double) -> Double {
        pow(2, log2(max(wanted, 1)).rounded(.up))
    }
}
