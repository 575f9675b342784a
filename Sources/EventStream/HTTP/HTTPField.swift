/// One header field.
public struct HTTPField: Hashable, Sendable {
    /// The name; a parsed one is in lower case.
    public var name: String
    /// The value, without the whitespace around it; malformed UTF-8 in a parsed one is replaced.
    public var value: String

    /// A field as it will be written.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension Array where Element == HTTPField {
    /// The value of the first field of a name, which is compared without regard to case.
    public func value(of name: String) -> String? {
        first { $0.isNamed(name) }?.value
    }

    /// The values of all fields of a name, in order.
    public func values(of name: String) -> [String] {
        filter { $0.isNamed(name) }.map(\.value)
    }

    /// The elements of a comma-separated list in lower case, over all fields of the name (RFC 9110, 5.6.1).
    public func tokens(of name: String) -> [String] {
        values(of: name).flatMap { value in
            value.utf8.split(separator: UInt8(ascii: ",")).compactMap { element in
                let token = element.trimmingOptionalWhitespace()
                return token.isEmpty ? nil : Substring(token).lowercased()
            }
        }
    }
}

extension HTTPField {
    func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && name.utf8.elementsEqual(other.utf8) { ASCII.lowercased($0) == ASCII.lowercased($1) }
    }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes without the spaces and tabs around them (RFC 9110, 5.6.3).
    func trimmingOptionalWhitespace() -> SubSequence {
        func isWhitespace(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }
        guard let last = lastIndex(where: { !isWhitespace($0) }) else { return self[endIndex...] }
        return self[...last].drop(while: isWhitespace)
    }
}
