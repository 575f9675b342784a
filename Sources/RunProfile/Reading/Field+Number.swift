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
