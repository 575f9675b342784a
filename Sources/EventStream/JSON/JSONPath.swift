/// A JSON Pointer (RFC 6901) made ready to be followed in bytes, event by event, without allocating.
///
/// A plain value that owns memory by hand: call ``release()`` once it is not followed any more.
public struct JSONPath {
    /// The most names in a pointer.
    public static let stepLimit = 32

    /// A name that leads one level down.
    struct Step {
        /// The name, unescaped, in UTF-8.
        let name: UnsafeRawBufferPointer
        /// The name as an array's index; negative where it is none (RFC 6901, 4).
        let index: Int
    }

    let steps: UnsafeBufferPointer<Step>

    /// Reads a pointer: `/choices/0/delta/content`; nil where the text is none, or has more than ``stepLimit`` names.
    public init?(_ pointer: String) {
        guard pointer.isEmpty || pointer.hasPrefix("/") else { return nil }
        let names = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard names.count <= Self.stepLimit else { return nil }
        var unescaped: [[UInt8]] = []
        for name in names {
            guard let bytes = Self.unescape(name) else { return nil }
            unescaped.append(bytes)
        }
        let steps = UnsafeMutableBufferPointer<Step>.allocate(capacity: unescaped.count)
        for (position, bytes) in unescaped.enumerated() {
            let name = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
            name.copyBytes(from: bytes)
            steps.initializeElement(
                at: position,
                to: Step(name: UnsafeRawBufferPointer(name), index: Self.index(bytes))
            )
        }
        self.steps = UnsafeBufferPointer(steps)
    }

    /// Frees the memory; the path may not be followed afterwards.
    public func release() {
        for step in steps { step.name.deallocate() }
        steps.deallocate()
    }

    /// `~1` stands for `/` and `~0` for `~`; nil where a `~` stands for neither.
    private static func unescape(_ name: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = name.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return bytes
    }

    /// Digits without a leading zero.
    private static func index(_ name: [UInt8]) -> Int {
        guard !name.isEmpty, name.count <= 9, name.count == 1 || name[0] != UInt8(ascii: "0") else { return -1 }
        return name.reduce(0) { sum, byte in
            guard sum >= 0, let digit = ASCII.decimalValue(byte) else { return -1 }
            return sum * 10 + Int(digit)
        }
    }
}

extension JSONPath {
    /// The value that the path leads to; nil where it leads to none, or the text is malformed before it.
    ///
    /// What comes after the value is not looked at. Of two members with one name the first counts. Allocates nothing.
    public func find(in text: UnsafeRawBufferPointer) -> JSONFragment? {
        var scanner = JSONScanner(text)
        for step in steps {
            switch scanner.peek() {
            case UInt8(ascii: "{"): guard Self.enter(object: step.name, &scanner) else { return nil }
            case UInt8(ascii: "["): guard Self.enter(array: step.index, &scanner) else { return nil }
            default: return nil
            }
        }
        return scanner.fragment(isWhole: steps.isEmpty)
    }

    private static func enter(object name: UnsafeRawBufferPointer, _ scanner: inout JSONScanner) -> Bool {
        guard scanner.pass(UInt8(ascii: "{")) else { return false }
        while let key = scanner.string(), scanner.pass(UInt8(ascii: ":")) {
            if JSONText.equals(key, name) { return true }
            guard scanner.skip(), scanner.pass(UInt8(ascii: ",")) else { return false }
        }
        return false
    }

    private static func enter(array index: Int, _ scanner: inout JSONScanner) -> Bool {
        guard index >= 0, scanner.pass(UInt8(ascii: "[")) else { return false }
        if scanner.peek() == UInt8(ascii: "]") { return false }
        for _ in 0..<index {
            guard scanner.skip(), scanner.pass(UInt8(ascii: ",")) else { return false }
        }
        return true
    }
}

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
