/// Text of a JSON string as it stands between its quotation marks (RFC 8259, 7).
enum JSONText {
    /// Whether a string's text, its escapes resolved, is a name in UTF-8.
    ///
    /// Allocates nothing.
    static func equals(_ text: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer) -> Bool {
        var (position, matched) = (0, 0)
        while position < text.count {
            guard let scalar = next(in: text, at: &position) else { return false }
            guard let length = match(scalar, name, at: matched) else { return false }
            matched += length
        }
        return matched == name.count
    }

    /// What stands at a position: a byte as it is, or an escaped character.
    private enum Piece {
        case byte(UInt8)
        case scalar(UInt32)
    }

    private static func next(in text: UnsafeRawBufferPointer, at position: inout Int) -> Piece? {
        let byte = text[position]
        position += 1
        guard byte == UInt8(ascii: "\\") else { return .byte(byte) }
        guard position < text.count else { return nil }
        let escaped = text[position]
        position += 1
        switch escaped {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return .byte(escaped)
        case UInt8(ascii: "b"): return .byte(0x08)
        case UInt8(ascii: "f"): return .byte(0x0C)
        case UInt8(ascii: "n"): return .byte(0x0A)
        case UInt8(ascii: "r"): return .byte(0x0D)
        case UInt8(ascii: "t"): return .byte(0x09)
        case UInt8(ascii: "u"): break
        default: return nil
        }
        guard let unit = codeUnit(in: text, at: &position) else { return nil }
        guard (0xD800..<0xDC00).contains(unit) else { return (0xDC00..<0xE000).contains(unit) ? nil : .scalar(unit) }
        // A character past U+FFFF is two escapes.
        guard position + 1 < text.count, text[position] == UInt8(ascii: "\\"), text[position + 1] == UInt8(ascii: "u")
        else { return nil }
        position += 2
        guard let low = codeUnit(in: text, at: &position), (0xDC00..<0xE000).contains(low) else { return nil }
        return .scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }

    private static func codeUnit(in text: UnsafeRawBufferPointer, at position: inout Int) -> UInt32? {
        guard position + 4 <= text.count else { return nil }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = ASCII.hexadecimalValue(text[position]) else { return nil }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    /// How many bytes of a name a piece stands for; nil where the name goes on differently.
    private static func match(_ piece: Piece, _ name: UnsafeRawBufferPointer, at offset: Int) -> Int? {
        switch piece {
        case .byte(let byte): return offset < name.count && name[offset] == byte ? 1 : nil
        case .scalar(let scalar):
            let count = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
            guard offset + count <= name.count else { return nil }
            for index in 0..<count {
                let bits = UInt8(truncatingIfNeeded: scalar >> UInt32(6 * (count - 1 - index)))
                let lead: UInt8 = count == 1 ? 0 : ~(0xFF >> UInt8(count))
                let byte = index == 0 ? lead | bits : 0x80 | (bits & 0x3F)
                guard name[offset + index] == byte else { return nil }
            }
            return count
        }
    }
}
