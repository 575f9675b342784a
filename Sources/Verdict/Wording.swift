import Vocabulary

/// Figures as findings write them.
enum Wording {
    /// A whole number with its thousands set apart, or three significant digits without trailing zeros.
    static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return NumberText.grouped(Int(value)) }
        var text = NumberText.threeDigits(value)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// A whole number with its thousands set apart.
    static func number(_ value: UInt64) -> String { NumberText.grouped(Int(clamping: value)) }

    /// A span in seconds as a duration: `5.2 s`.
    static func seconds(_ value: Double) -> String { DurationText.format(Nanoseconds(seconds: max(0, value))) }

    /// A count with its noun: `1 stream`, `1,200 streams`.
    static func count(_ value: UInt64, _ singular: String, _ plural: String? = nil) -> String {
        "\(number(value)) \(value == 1 ? singular : plural ?? singular + "s")"
    }
}
