import Vocabulary

extension Field {
    /// A whole number within a range; `_` may part its digits.
    func wholeNumber<Number: FixedWidthInteger>(in range: ClosedRange<Number>, example: Number) -> Number? {
        let bounds = "from \(Self.grouped(range.lowerBound)) to \(Self.grouped(range.upperBound))"
        let expectation = "a whole number \(bounds), such as \(example)"
        guard let text = text(expected: expectation) else { return nil }
        let digits = text.filter { $0 != "_" }
        guard text.first?.isNumber ?? false, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            rejectKind(expected: expectation)
            return nil
        }
        guard let number = Number(digits), range.contains(number) else {
            reject("\(Quotation.shorten(text)) is out of range", expected: expectation)
            return nil
        }
        return number
    }

    /// Two whole numbers, `1..50`, or one that stands for both.
    func wholeNumberRange(in range: ClosedRange<Int>, example: Int) -> ClosedRange<Int>? {
        let bounds = "from \(Self.grouped(range.lowerBound)) to \(Self.grouped(range.upperBound))"
        let expectation = "a whole number \(bounds), such as \(example), or a range of them, such as 1..50"
        guard let text = text(expected: expectation) else { return nil }
        let parts = text.firstRange(of: "..").map { [text[..<$0.lowerBound], text[$0.upperBound...]] } ?? [text[...]]
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard numbers.count == parts.count else {
            rejectKind(expected: expectation)
            return nil
        }
        let (low, high) = (numbers[0], numbers[numbers.count - 1])
        guard range.contains(low), range.contains(high), low <= high else {
            let isUpsideDown = low > high
            reject(
                "\(Quotation.shorten(text)) is \(isUpsideDown ? "upside down" : "out of range")",
                expected: expectation
            )
            return nil
        }
        return low...high
    }

    /// A decimal number above a bound and at most another.
    func decimal(above low: Double, upTo high: Double, example: String) -> Double? {
        let expectation =
            "a number above \(NumberText.threeDigits(low)), at most \(Self.grouped(Int(high))), such as \(example)"
        guard let text = text(expected: expectation) else { return nil }
        guard let number = Self.decimal(text[...]) else {
            rejectKind(expected: expectation)
            return nil
        }
        guard number > low, number <= high else {
            reject("\(Quotation.shorten(text)) is out of range", expected: expectation)
            return nil
        }
        return number
    }

    /// A decimal number within two bounds, the first a whole one.
    func decimal(from low: Int, upTo high: Double, example: String) -> Double? {
        let expectation = "a number from \(low) to \(Self.grouped(Int(high))), such as \(example)"
        guard let text = text(expected: expectation) else { return nil }
        guard let number = Self.decimal(text[...]) else {
            rejectKind(expected: expectation)
            return nil
        }
        guard number >= Double(low), number <= high else {
            reject("\(Quotation.shorten(text)) is out of range", expected: expectation)
            return nil
        }
        return number
    }

    /// Connections per second: `400/s`, `30/m`, `2/ms`.
    func rate() -> Double? {
        let expectation = "a rate above 0, at most \(Self.grouped(Int(ProfileLimits.rate)))/s, such as 400/s"
        guard let text = text(expected: expectation) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let number = parts.first.flatMap(Self.decimal) else {
            rejectKind(expected: expectation)
            return nil
        }
        guard parts.count == 2 else {
            reject("\(Quotation.shorten(text)) has no unit", expected: expectation)
            return nil
        }
        let perSecond: [Substring: Double] = ["ms": 1_000, "s": 1, "m": 1 / 60, "h": 1 / 3_600]
        guard let factor = perSecond[parts[1]] else {
            reject("found \(node.kind)", expected: "a rate per ms, s, m or h, such as 400/s")
            return nil
        }
        let rate = number * factor
        guard rate > 0, rate <= ProfileLimits.rate else {
            reject("\(Quotation.shorten(text)) is out of range", expected: expectation)
            return nil
        }
        return rate
    }

    /// A share, written in percent: 0.2 for `20%`.
    func share(upTo limit: Double) -> Double? {
        let expectation = "a percentage from 0% to \(Int(limit * 100))%, such as 20%"
        guard let text = text(expected: expectation) else { return nil }
        if text != "0", Self.decimal(text[...]) != nil {
            reject("\(Quotation.shorten(text)) has no unit", expected: expectation)
            return nil
        }
        guard let share = Self.share(text) else {
            rejectKind(expected: expectation)
            return nil
        }
        guard share <= limit else {
            reject("\(Quotation.shorten(text)) is out of range", expected: expectation)
            return nil
        }
        return share
    }

    /// Reads `20%` as 0.2; a bare `0` needs no sign.
    static func share(_ text: String) -> Double? {
        if text == "0" { return 0 }
        guard text.hasSuffix("%") else { return nil }
        return decimal(text.dropLast()).map { $0 / 100 }
    }

    /// Reads digits with or without a fraction; neither sign nor exponent.
    static func decimal(_ text: Substring) -> Double? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) else { return nil }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func grouped(_ number: some FixedWidthInteger) -> String {
        Int(exactly: number).map(NumberText.grouped) ?? "\(number)"
    }
}

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
