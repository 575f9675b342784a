/// Text in which `{{column}}` stands for a value of a row.
struct TemplateText {
    /// How a value is written where it stands.
    enum Escaping {
        /// As it is.
        case none
        /// As the inside of a JSON string (RFC 8259, 7).
        case json
        /// Percent-encoded, but for unreserved characters (RFC 3986, 2).
        case url
    }

    private enum Piece {
        case text(String)
        case column(Int)
    }

    private var pieces: [Piece] = []
    private let escaping: Escaping

    /// Takes a text apart.
    ///
    /// - Throws: ``UnknownColumn`` for the first name that is no column's.
    init(_ text: String, columns: [String], escaping: Escaping) throws(UnknownColumn) {
        self.escaping = escaping
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            pieces.append(.text(String(rest[..<open.lowerBound])))
            let name = rest[open.upperBound..<close.lowerBound].split(separator: " ").joined(separator: " ")
            guard let column = columns.firstIndex(of: name) else { throw UnknownColumn(name: name) }
            pieces.append(.column(column))
            rest = rest[close.upperBound...]
        }
        pieces.append(.text(String(rest)))
    }

    /// A name in a text that no column has.
    struct UnknownColumn: Error {
        let name: String
    }

    /// The text with a row's values.
    func filled(with row: [String]) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let plain): text += plain
            case .column(let column): text += Self.escape(row[column], escaping)
            }
        }
    }

    private static func escape(_ value: String, _ escaping: Escaping) -> String {
        switch escaping {
        case .none: value
        case .json: value.unicodeScalars.map(jsonText).joined()
        case .url: value.utf8.map(urlText).joined()
        }
    }

    private static func jsonText(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case _ where scalar.value < 0x20: "\\u00" + hexadecimal(UInt8(scalar.value))
        default: String(scalar)
        }
    }

    private static func urlText(_ byte: UInt8) -> String {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
        case _ where "-._~".utf8.contains(byte): String(UnicodeScalar(byte))
        default: "%" + hexadecimal(byte)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
