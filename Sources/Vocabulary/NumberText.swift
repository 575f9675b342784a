/// Numbers as a person reads them.
public enum NumberText {
    /// A number in about three significant digits, without an exponent: `0.012`, `1.25`, `60.0`, `1234`.
    public static func threeDigits(_ value: Double) -> String {
        let magnitude = abs(value)
        if magnitude == 0 { return "0" }
        // The bounds are those of the rounded number: 9.996 is 10.0.
        var digits = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : magnitude >= 0.9995 ? 2 : 3
        // Two digits of a small number, as far as a millionth: a slow leak is not 0.000.
        var bound = 0.00995
        while magnitude < bound, magnitude >= 0.000_000_5, digits < 6 { (digits, bound) = (digits + 1, bound / 10) }
        return fixed(value, digits: digits)
    }

    /// A number with a set count of digits after the point, 0 to 15; one of 1e15 or more as it is.
    public static func fixed(_ value: Double, digits: Int) -> String {
        precondition((0...15).contains(digits))
        var scale: Int64 = 1
        for _ in 0..<digits { scale *= 10 }
        guard value.isFinite, abs(value) < 1e15, abs(value) * Double(scale) < 9e18 else { return "\(value)" }
        let scaled = Int64((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled != 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % scale)
        return "\(sign)\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// A whole number with its thousands set apart: `12,345`.
    public static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// Bytes with a binary unit: `512 B`, `1.25 KiB`, `3.00 MiB`.
    public static func bytes(_ count: Double) -> String {
        var value = count
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if abs(value) < 1024 { return (unit == "B" ? fixed(value, digits: 0) : threeDigits(value)) + " " + unit }
            value /= 1024
        }
        return threeDigits(value) + " TiB"
    }
}
