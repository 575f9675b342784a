extension JSONFragment {
    /// The value as a moment, in ns: a number counts units since whatever moment its writer counts from; text is a
    /// number, or a moment of RFC 3339 (`2026-11-25T03:57:04.5Z`), in ns since 1970.
    ///
    /// - Parameter unit: what a number counts, in ns each.
    /// - Returns: nil where it is neither, has an exponent, or does not fit in 64 bits. Allocates nothing.
    public func moment(unit: Int64) -> Int64? {
        switch kind {
        case .number: Self.number(bytes, times: unit)
        case .string: InternetMoment.parse(bytes) ?? Self.number(bytes, times: unit)
        case .literal, .container: nil
        }
    }

    /// Digits with an optional sign and fraction, times a factor.
    private static func number(_ bytes: UnsafeRawBufferPointer, times factor: Int64) -> Int64? {
        var scanner = DecimalScanner(bytes)
        let isNegative = scanner.pass(UInt8(ascii: "-"))
        guard let whole = scanner.digits() else { return nil }
        var (value, overflow) = whole.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        if scanner.pass(UInt8(ascii: ".")) {
            guard let fraction = scanner.fraction(of: factor) else { return nil }
            (value, overflow) = value.addingReportingOverflow(fraction)
            guard !overflow else { return nil }
        }
        guard scanner.isAtEnd else { return nil }
        return isNegative ? -value : value
    }
}

/// Date and time as RFC 3339 writes them: `2026-11-25T03:57:04.5Z`, `2026-11-25 03:57:04+01:00`.
enum InternetMoment {
    /// Reads a moment, in ns since 1970; nil where the bytes are none.
    ///
    /// Allocates nothing.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        var scanner = DecimalScanner(bytes)
        guard let year = scanner.digits(4), scanner.pass(UInt8(ascii: "-")), let month = scanner.digits(2),
            scanner.pass(UInt8(ascii: "-")), let day = scanner.digits(2), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        guard scanner.pass(UInt8(ascii: "T")) || scanner.pass(UInt8(ascii: "t")) || scanner.pass(UInt8(ascii: " "))
        else { return nil }
        guard let hour = scanner.digits(2), scanner.pass(UInt8(ascii: ":")), let minute = scanner.digits(2),
            scanner.pass(UInt8(ascii: ":")), let second = scanner.digits(2), hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction: Int64 = 0
        if scanner.pass(UInt8(ascii: ".")) {
            guard let read = scanner.fraction(of: 1_000_000_000) else { return nil }
            fraction = read
        }
        guard let offset = offset(&scanner), scanner.isAtEnd else { return nil }
        let seconds = Int64(days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset)
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        let (sum, isLarger) = nanoseconds.addingReportingOverflow(fraction)
        return isLarger ? nil : sum
    }

    /// How far the local time is ahead of UTC, in seconds; nil where it is not told, as the moment is not known then.
    private static func offset(_ scanner: inout DecimalScanner) -> Int? {
        if scanner.pass(UInt8(ascii: "Z")) || scanner.pass(UInt8(ascii: "z")) { return 0 }
        let isAhead = scanner.pass(UInt8(ascii: "+"))
        guard isAhead || scanner.pass(UInt8(ascii: "-")), let hours = scanner.digits(2),
            scanner.pass(UInt8(ascii: ":")), let minutes = scanner.digits(2), hours < 24, minutes < 60
        else { return nil }
        return (isAhead ? 1 : -1) * (hours * 3_600 + minutes * 60)
    }

    /// Days from 1970-01-01 to a date of the Gregorian calendar.
    ///
    /// Years begin in March, so that the leap day is the last one: 153 days are the five months from there on.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}

/// Reads decimal digits from bytes without allocating.
struct DecimalScanner {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// Passes one byte.
    ///
    /// - Returns: whether it was there.
    mutating func pass(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// A whole number; nil without a digit, or where it does not fit.
    mutating func digits() -> Int64? {
        let start = position
        var value: Int64 = 0
        while position < bytes.count, let digit = ASCII.decimalValue(bytes[position]) {
            let (tenfold, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = tenfold.addingReportingOverflow(Int64(digit))
            guard !isTooLarge, !isLarger else { return nil }
            value = sum
            position += 1
        }
        return position > start ? value : nil
    }

    /// A number of exactly so many digits.
    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for _ in 0..<count {
            guard let digit = ASCII.decimalValue(bytes[position]) else { return nil }
            value = value * 10 + Int(digit)
            position += 1
        }
        return value
    }

    /// The digits of a fraction as a share of a factor, cut off below one; nil without a digit.
    mutating func fraction(of factor: Int64) -> Int64? {
        let start = position
        var (value, unit): (Int64, Int64) = (0, factor)
        while position < bytes.count, let digit = ASCII.decimalValue(bytes[position]) {
            unit /= 10
            value += Int64(digit) * unit
            position += 1
        }
        return position > start ? value : nil
    }
}
