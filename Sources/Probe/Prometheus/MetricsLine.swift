/// The rest of a line of metrics, taken apart from its start.
struct MetricsLine {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// A line without its end.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    /// Whether nothing is left.
    var isAtEnd: Bool { next == nil }

    /// Passes over spaces, tabs and the carriage return before a line's end.
    ///
    /// - Returns: whether there was any.
    @discardableResult
    mutating func skipSpaces() -> Bool {
        let start = position
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
        return position > start
    }

    /// Takes one byte if it is the next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes a metric's or a label's name; nil where none stands.
    mutating func name(colons: Bool) -> String? {
        let start = position
        while let byte = next, isNamePart(byte, isFirst: position == start, colons: colons) { position += 1 }
        return start == position ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func isNamePart(_ byte: UInt8, isFirst: Bool, colons: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
        default: colons && byte == UInt8(ascii: ":")
        }
    }

    /// Takes what stands up to the next space; nil at the line's end.
    mutating func word() -> ArraySlice<UInt8>? {
        skipSpaces()
        let start = position
        while let byte = next, byte != 0x20, byte != 0x09, byte != 0x0D { position += 1 }
        return start == position ? nil : bytes[start..<position]
    }

    /// Takes the labels in braces; none where there are no braces.
    ///
    /// - Throws: ``MetricsError`` where they break off, one is there twice, or there are too many.
    mutating func labels(limit: Int) throws(MetricsError) -> [String: String] {
        skipSpaces()
        guard take(UInt8(ascii: "{")) else { return [:] }
        var labels: [String: String] = [:]
        while true {
            skipSpaces()
            if take(UInt8(ascii: "}")) { return labels }
            guard let name = name(colons: false) else { throw .syntax }
            skipSpaces()
            guard take(UInt8(ascii: "=")) else { throw .syntax }
            skipSpaces()
            guard let value = quoted(), labels.updateValue(value, forKey: name) == nil else { throw .syntax }
            guard labels.count <= limit else { throw .labelLimit }
            skipSpaces()
            if !take(UInt8(ascii: ",")), next != UInt8(ascii: "}") { throw .syntax }
        }
    }

    /// A label's value, in which `\\`, `\"` and `\n` stand for backslash, quote and line feed.
    private mutating func quoted() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var content: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = next else { return nil }
                position += 1
                switch escaped {
                case UInt8(ascii: "n"): content.append(0x0A)
                case UInt8(ascii: "\\"), UInt8(ascii: "\""): content.append(escaped)
                // The older format says nothing of other escapes; its readers keep them as they are.
                default: content += [byte, escaped]
                }
            default: content.append(byte)
            }
        }
        return nil
    }
}
