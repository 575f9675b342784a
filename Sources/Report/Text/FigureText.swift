import FoundationEssentials
import Record
import RunProfile
import Verdict
import Vocabulary

/// Figures as a report shows them.
enum FigureText {
    /// A count with its thousands set apart.
    static func count(_ value: UInt64) -> String { NumberText.grouped(Int(clamping: value)) }

    /// A number: whole ones with their thousands set apart, others in three digits.
    static func number(_ value: Double) -> String {
        if let whole = Int(exactly: value) { return NumberText.grouped(whole) }
        if abs(value) >= 1_000, let whole = Int(exactly: value.rounded()) { return NumberText.grouped(whole) }
        return NumberText.threeDigits(value)
    }

    /// A number in a series' or gauge's unit.
    static func value(_ value: Double, unit: String) -> String {
        switch unit {
        case "bytes": NumberText.bytes(value)
        case "ns": DurationText.format(Nanoseconds(seconds: value / 1e9))
        default: number(value)
        }
    }

    /// A share of one as a percentage: `0.025%`.
    static func share(_ share: Double) -> String {
        share > 0 && share < 0.000_01 ? "< 0.001%" : NumberText.threeDigits(share * 100) + "%"
    }

    /// One count's share of another; nil of nothing.
    static func share(_ part: UInt64, of whole: UInt64) -> String? {
        whole == 0 ? nil : share(Double(part) / Double(whole))
    }

    /// A count and its noun: `1 drop`, `2,000 drops`.
    static func counted(_ count: UInt64, _ noun: String) -> String {
        "\(self.count(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// What a threshold measured, in its metric's unit; nil where it could not be measured.
    static func measured(_ result: ThresholdResult) -> String? {
        guard let value = result.value else { return nil }
        return switch result.unit {
        case .nanoseconds: self.value(value, unit: "ns")
        case .share: share(value)
        case .count, nil: number(value)
        }
    }

    /// A moment in UTC: `2026-11-23 15:30:20 UTC`.
    ///
    /// - Parameter seconds: since 1970; clamped to the years 1970 to 9999.
    static func moment(_ seconds: Double) -> String {
        let clamped = min(max(seconds.isFinite ? seconds : 0, 0), 253_402_300_799)
        let text = Date(timeIntervalSince1970: clamped.rounded(.down)).formatted(.iso8601)
        return text.replacing("T", with: " ").replacing("Z", with: " UTC")
    }

    /// A span given in seconds.
    static func seconds(_ seconds: Double) -> String { DurationText.format(Nanoseconds(seconds: seconds)) }
}

/// Series in words.
enum SeriesText {
    /// What a series of the load shows, in a sentence; empty where its name is not known.
    static func subject(_ name: String) -> String {
        switch name {
        case "streams": "Streams that were open."
        case "arrivals": "Connections that began, in each second."
        case "events": "Events that all streams received, in each second."
        case "drops": "Connections dropped on purpose, in each second."
        case "failures": "Connections that failed, in each second."
        default: ""
        }
    }

    /// Where series go, in a sentence.
    static func course(_ series: [Series]) -> String {
        let points = series.flatMap { series in zip(series.t, series.v).map { (t: $0, v: $1, unit: series.unit) } }
        guard let peak = points.max(by: { $0.v < $1.v }) else { return "It was not recorded." }
        let value = FigureText.value(peak.v, unit: peak.unit)
        if peak.v == 0, points.allSatisfy({ $0.v == 0 }) { return "There were none." }
        guard series.count == 1, let last = points.last else { return "The highest value is \(value)." }
        let end = FigureText.value(last.v, unit: last.unit)
        return "It peaks at \(value), \(FigureText.seconds(peak.t)) into the run, and ends at \(end)."
    }
}

extension String {
    /// The text without a suffix.
    func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
