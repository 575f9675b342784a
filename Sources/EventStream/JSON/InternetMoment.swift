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
