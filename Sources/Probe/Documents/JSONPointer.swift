/// A path to one value of a JSON document (RFC 6901).
package struct JSONPointer: Equatable, Sendable {
    /// The unescaped reference tokens, from the root; none for the whole document.
    let tokens: [String]

    /// Reads a pointer's text: empty, or tokens each led by `/`, with `~0` for `~` and `~1` for `/` (RFC 6901, 3).
    package init?(_ text: String) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        // By scalars: a token that starts with a combining mark must not swallow the slash before it.
        for part in text.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let token = Self.unescape(part) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    private static func unescape(_ part: Substring.UnicodeScalarView) -> String? {
        var token = String.UnicodeScalarView()
        var rest = part[...]
        while let scalar = rest.popFirst() {
            guard scalar == "~" else {
                token.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "0": token.append("~")
            case "1": token.append("/")
            default: return nil
            }
        }
        return String(token)
    }

    /// The value the pointer leads to (RFC 6901, 4).
    ///
    /// - Returns: nil where there is none; `-`, the element after an array's last, is none.
    func value(in document: JSONValue) -> JSONValue? {
        var value = document
        for token in tokens {
            switch value {
            case .object(let members):
                guard let member = members[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Self.arrayIndex(token), index < elements.count else { return nil }
                value = elements[index]
            default:
                return nil
            }
        }
        return value
    }

    /// Leading zeros are not allowed.
    private static func arrayIndex(_ token: String) -> Int? {
        guard token == "0" || token.utf8.first != UInt8(ascii: "0"),
            token.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else { return nil }
        return Int(token)
    }
}

extension JSONPointer {
    /// The figure a gauge has in a document: a number, or how many elements an array or object holds.
    ///
    /// A server that shows its maps and lists thus needs no counters. Text, even of digits, booleans and null are no
    /// figures.
    func reading(in document: JSONValue) -> GaugeReading {
        switch value(in: document) {
        case .number(let number): .value(number)
        case .array(let elements): .value(Double(elements.count))
        case .object(let members): .value(Double(members.count))
        case .string, .bool, .null: .gap(GapName.notANumber)
        case nil: .gap(GapName.pointerNotFound)
        }
    }
}

extension JSONPointer {
    /// The text, or the number as text, that the pointer leads to in a document.
    ///
    /// - Returns: nil where it leads to neither, or the bytes are no JSON document.
    package func text(in document: [UInt8]) -> String? {
        guard let parsed = try? JSONParser.parse(document), let value = value(in: parsed) else { return nil }
        switch value {
        case .string(let text): return text
        case .number: return value.document
        default: return nil
        }
    }
}
