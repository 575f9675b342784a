import Vocabulary

/// Labels of ticks: short, without needless zeros.
enum AxisLabel {
    /// A value in a unit: `2k`, `1.5 GiB`, `200 µs`.
    static func text(_ value: Double, unit: String) -> String {
        switch unit {
        case "bytes": scaled(value, by: 1_024, from: ["B", "KiB", "MiB", "GiB", "TiB"])
        case "ns" where value >= 60e9: trimmed(value / 60e9) + " min"
        case "ns": scaled(value, by: 1_000, from: ["ns", "µs", "ms", "s"])
        default: scaled(value, by: 1_000, from: ["", "k", "M", "G", "T"]).replacing(" ", with: "")
        }
    }

    /// Seconds since the run's start: `30 s`, `1:30`, `2:00:00`.
    static func time(_ seconds: Double) -> String {
        guard seconds >= 60, let whole = Int(exactly: seconds.rounded()) else { return trimmed(seconds) + " s" }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let minutes = "\(two(whole % 60))"
        return whole < 3_600 ? "\(whole / 60):\(minutes)" : "\(whole / 3_600):\(two(whole / 60 % 60)):\(minutes)"
    }

    private static func scaled(_ value: Double, by factor: Double, from units: [String]) -> String {
        guard value != 0 else { return "0" }
        var value = value
        var left = units[...]
        while left.count > 1, abs(value) >= factor * 0.999_999 {
            value /= factor
            left.removeFirst()
        }
        return trimmed(value) + " " + (left.first ?? "")
    }

    private static func trimmed(_ value: Double) -> String {
        var text = NumberText.threeDigits(value)
        guard text.contains("."), !text.contains("e") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        return text.trimmingSuffix(".")
    }
}
