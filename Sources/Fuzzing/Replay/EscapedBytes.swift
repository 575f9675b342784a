import EventStream

/// Bytes as text between quotation marks: `"GET / HTTP/1.1\r\n\xff"`.
enum EscapedBytes {
    /// The text of bytes; printable UTF-8 stands for itself.
    static func quote(_ bytes: [UInt8]) -> String {
        var text = "\""
        var rest = bytes[...]
        while let first = rest.first {
            switch first {
            case UInt8(ascii: "\""): text += "\\\""
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x0A: text += "\\n"
            case 0x0D: text += "\\r"
            case 0x09: text += "\\t"
            case 0x20...0x7E: text.unicodeScalars.append(UnicodeScalar(first))
            default:
                if let scalar = visibleScalar(rest) {
                    text.unicodeScalars.append(scalar)
                    rest = rest.dropFirst(UTF8.width(scalar))
                    continue
                }
                let digits = String(first, radix: 16)
                text += "\\x" + (digits.count == 1 ? "0" : "") + digits
            }
            rest = rest.dropFirst()
        }
        return text + "\""
    }

    /// The character of several bytes that some bytes begin with, where it can be read in an editor.
    private static func visibleScalar(_ bytes: ArraySlice<UInt8>) -> UnicodeScalar? {
        guard let first = bytes.first, first >= 0xC2 else { return nil }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard bytes.count >= width, let text = String(validating: bytes.prefix(width), as: UTF8.self),
            let scalar = text.unicodeScalars.first
        else { return nil }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .otherLetter, .currencySymbol, .otherSymbol, .otherPunctuation:
            return scalar
        default: return nil
        }
    }

    /// The bytes of a text between quotation marks.
    ///
    /// - Parameter text: what stands between them.
    /// - Returns: nil where an escape is none.
    static func parse(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                let digits = Substring(rest.prefix(2))
                guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let byte = UInt8(digits, radix: 16)
                else {
                    return nil
                }
                bytes.append(byte)
                rest = rest.dropFirst(2)
            default: return nil
            }
        }
        return bytes
    }
}
