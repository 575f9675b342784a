import Record
import Verdict
import Vocabulary

/// Trends in words.
enum SlopeText {
    /// A figure and its interval: `180 (170 – 190)`.
    static func estimate(_ estimate: GaugeSlope.Estimate, _ unit: GaugeRecord.Unit) -> String {
        let figure = { (value: Double) in unit == .bytes ? NumberText.bytes(value) : NumberText.threeDigits(value) }
        return "\(figure(estimate.value)) (\(figure(estimate.low)) – \(figure(estimate.high)))"
    }

    /// How often chance alone brings a trend as strong: `0.3%`.
    static func chance(_ p: Double) -> String { p < 0.000_1 ? "< 0.01%" : "\(NumberText.threeDigits(p * 100))%" }
}
