/// Goes through JSON text (RFC 8259) from left to right without allocating; never past its end, however it is malformed.
struct JSONScanner {
    /// The most levels of objects and arrays within each other that are passed over; deeper ones are given up.
    static let depthLimit = 64

    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next byte that is no white space; nil at the end.
    mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    /// Passes one byte, after white space.
    ///
    /// - Returns: whether it was there.
    mutating func pass(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    /// Passes text in quotation marks, and gives the bytes between them; nil where it is none, or does not end.
    mutating func string() -> UnsafeRawBufferPointer? {
        guard pass(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return UnsafeRawBufferPointer(rebasing: bytes[start..<(position - 1)])
            case UInt8(ascii: "\\"): position += 2
            case 0x00..<0x20: return nil
            default: position += 1
            }
        }
        return nil
    }

    /// Passes a number or a word, and gives its bytes; nil where there is none.
    mutating func plain() -> UnsafeRawBufferPointer? {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                position += 1
                continue
            default: break
            }
            break
        }
        return position > start ? UnsafeRawBufferPointer(rebasing: bytes[start..<position]) : nil
    }

    /// The value that comes next; of an object or an array the begin only.
    ///
    /// - Parameter isWhole: whether the value is the whole text; else a number that ends with the text was cut off.
    /// - Returns: nil where there is none.
    mutating func fragment(isWhole: Bool) -> JSONFragment? {
        switch peek() {
        case nil: return nil
        case UInt8(ascii: "\""): return string().map { JSONFragment(kind: .string, bytes: $0) }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let begin = UnsafeRawBufferPointer(rebasing: bytes[position..<(position + 1)])
            return JSONFragment(kind: .container, bytes: begin)
        case let byte?:
            guard let plain = plain() else { return nil }
            if byte == UInt8(ascii: "-") || ASCII.decimalValue(byte) != nil {
                return position < bytes.count || isWhole ? JSONFragment(kind: .number, bytes: plain) : nil
            }
            let isWord =
                plain.elementsEqual("true".utf8) || plain.elementsEqual("false".utf8)
                || plain.elementsEqual("null".utf8)
            return isWord ? JSONFragment(kind: .literal, bytes: plain) : nil
        }
    }

    /// Passes a whole value.
    ///
    /// - Returns: whether it was well formed, as far as brackets, strings and separators go.
    mutating func skip() -> Bool {
        var depth = 0
        // One bit a level: whether it is an object.
        var objects: UInt64 = 0
        repeat {
            switch peek() {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                let isObject = bytes[position] == UInt8(ascii: "{")
                guard depth < Self.depthLimit else { return false }
                position += 1
                objects = objects << 1 | (isObject ? 1 : 0)
                depth += 1
                if pass(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    objects >>= 1
                    depth -= 1
                } else {
                    if isObject, !key() { return false }
                    continue
                }
            case UInt8(ascii: "\""): if string() == nil { return false }
            case nil: return false
            default: if plain() == nil { return false }
            }
            // A value has ended: what follows belongs to the levels around it.
            while depth > 0 {
                let isObject = objects & 1 == 1
                if pass(UInt8(ascii: ",")) {
                    if isObject, !key() { return false }
                    break
                }
                guard pass(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
                objects >>= 1
                depth -= 1
            }
        } while depth > 0
        return true
    }

    private mutating func key() -> Bool { string() != nil && pass(UInt8(ascii: ":")) }
}

/// A value found in JSON, as a view of the bytes it was found in.
public struct JSONFragment {
    /// What a value is.
    public enum Kind: Sendable {
        /// Text; the bytes are those between the quotation marks, escapes and all.
        case string
        /// A number.
        case number
        /// `true`, `false` or `null`.
        case literal
        /// An object or an array; the bytes are its first one only, as what is in it has not been looked at.
        case container
    }

    /// What the value is.
    public let kind: Kind
    /// Where it stands; valid as long as the bytes it was found in.
    public let bytes: UnsafeRawBufferPointer
}
