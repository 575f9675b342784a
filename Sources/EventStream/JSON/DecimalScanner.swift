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
