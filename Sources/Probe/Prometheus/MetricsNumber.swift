/// Numbers as metrics write them: Go's `ParseFloat`, as far as both formats use it.
enum MetricsNumber {
    /// Reads a number: `12`, `1.5e3`, `+Inf`, `NaN`; nil where the bytes are none.
    static func read(_ bytes: ArraySlice<UInt8>) -> Double? {
        let text = String(decoding: bytes, as: UTF8.self)
        switch text.lowercased() {
        case "nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: break
        }
        guard !bytes.isEmpty, bytes.allSatisfy(isPart) else { return nil }
        return Double(text)
    }

    /// Swift would also read hexadecimal numbers and words.
    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "+-.eE".utf8.contains(byte)
        }
    }
}
