import Vocabulary

extension Field {
    private static let byteUnits: [(suffix: String, bytes: Double)] = [
        ("KiB", 1_024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("B", 1),
    ]

    /// A count of bytes within a range: `4096`, `4KiB`.
    func byteCount(in range: ClosedRange<Int>, example: String) -> Int? {
        let bounds = "\(NumberText.bytes(Double(range.lowerBound))) to \(NumberText.bytes(Double(range.upperBound)))"
        let expectation = "bytes from \(bounds), such as \(example)"
        guard let text = text(expected: expectation) else { return nil }
        guard let bytes = Self.bytes(text[...]), bytes == bytes.rounded() else {
            rejectKind(expected: expectation)
            return nil
        }
        guard bytes >= Double(range.lowerBound), bytes <= Double(range.upperBound) else {
            reject("\(Quotation.shorten(text)) is out of range", expected: expectation)
            return nil
        }
        return Int(bytes)
    }

    /// Bytes per second: `1KiB/s`, `64/s`.
    func byteRate(upTo limit: Double, example: String) -> Double? {
        let expectation = "bytes a second, from 1 B/s to \(NumberText.bytes(limit))/s, such as \(example)"
        guard let text = text(expected: expectation) else { return nil }
        guard text.hasSuffix("/s"), let rate = Self.bytes(text.dropLast(2)) else {
            rejectKind(expected: expectation)
            return nil
        }
        guard rate >= 1, rate <= limit else {
            reject("\(Quotation.shorten(text)) is out of range", expected: expectation)
            return nil
        }
        return rate
    }

    private static func bytes(_ text: Substring) -> Double? {
        let unit = byteUnits.first { text.hasSuffix($0.suffix) }
        let digits = text.dropLast(unit?.suffix.count ?? 0).trimmingSpaces
        return decimal(digits[...]).map { $0 * (unit?.bytes ?? 1) }
    }
}
