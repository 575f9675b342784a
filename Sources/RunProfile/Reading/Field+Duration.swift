import Vocabulary

extension Field {
    /// A duration within a range, in nanoseconds.
    func duration(in range: ClosedRange<Nanoseconds>, example: String) -> Nanoseconds? {
        let expectation = "a duration \(Self.bounds(range)), such as \(example)"
        guard let text = text(expected: expectation) else { return nil }
        return duration(text, in: range, expected: expectation)
    }

    /// A duration, or `off` for nil; nil within nil, and an error reported, where it is neither.
    func durationOrOff(in range: ClosedRange<Nanoseconds>, example: String) -> Nanoseconds?? {
        let expectation = "a duration \(Self.bounds(range)), such as \(example), or off"
        guard let text = text(expected: expectation) else { return nil }
        if text == "off" { return .some(nil) }
        return duration(text, in: range, expected: expectation).map { .some($0) }
    }

    /// Two durations, `0ms..20ms`, or one that stands for both.
    func durationRange(in range: ClosedRange<Nanoseconds>) -> ClosedRange<Nanoseconds>? {
        let expectation = "a duration \(Self.bounds(range)), such as 20ms, or a range of them, such as 0ms..20ms"
        guard let text = text(expected: expectation) else { return nil }
        guard let dots = text.firstRange(of: "..") else {
            return duration(text, in: range, expected: expectation).map { $0...$0 }
        }
        let ends = (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
        guard let low = duration(ends.0, in: range, expected: expectation),
            let high = duration(ends.1, in: range, expected: expectation)
        else { return nil }
        guard low <= high else {
            reject("the range \(Quotation.shorten(text)) is upside down", expected: expectation)
            return nil
        }
        return low...high
    }

    private func duration(
        _ text: String,
        in range: ClosedRange<Nanoseconds>,
        expected expectation: String
    ) -> Nanoseconds? {
        let trimmed = text.trimmingSpaces
        guard let duration = DurationText.parse(trimmed) else {
            if Self.decimal(trimmed[...]) != nil {
                reject("\(Quotation.shorten(trimmed)) has no unit", expected: expectation)
            } else {
                rejectKind(expected: expectation)
            }
            return nil
        }
        guard range.contains(duration) else {
            reject("\(Quotation.shorten(trimmed)) is out of range", expected: expectation)
            return nil
        }
        return duration
    }

    private static func bounds(_ range: ClosedRange<Nanoseconds>) -> String {
        let most = exact(range.upperBound)
        return switch range.lowerBound {
        case 0: "up to \(most)"
        case 1: "above 0, up to \(most)"
        default: "from \(exact(range.lowerBound)) to \(most)"
        }
    }

    /// A duration in the largest unit that divides it.
    private static func exact(_ duration: Nanoseconds) -> String {
        let unit = DurationText.units.last { duration >= $0.nanoseconds && duration % $0.nanoseconds == 0 }
        return unit.map { "\(duration / $0.nanoseconds)\($0.suffix)" } ?? "\(duration)"
    }
}
