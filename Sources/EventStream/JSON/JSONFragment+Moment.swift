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
