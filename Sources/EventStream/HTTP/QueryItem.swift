/// One name and value of a query, decoded.
public struct QueryItem: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value; empty where the item has no equals sign.
    public var value: String

    /// An item from its decoded parts.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Takes a query apart as `application/x-www-form-urlencoded` (URL Standard, 5.1).
    ///
    /// Plus is a space, and a percent sign without two digits stands for itself.
    public static func parse(_ query: String) -> [QueryItem] {
        query.utf8.split(separator: UInt8(ascii: "&")).map { item in
            let name = item.prefix { $0 != UInt8(ascii: "=") }
            return QueryItem(name: decode(name), value: decode(item.dropFirst(name.count + 1)))
        }
    }

    private static func decode(_ text: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let pair = hexadecimalPair(rest) {
                bytes.append(pair)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? ASCII.space : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexadecimalPair(_ text: Substring.UTF8View) -> UInt8? {
        guard let first = text.first.flatMap(ASCII.hexadecimalValue),
            let second = text.dropFirst().first.flatMap(ASCII.hexadecimalValue)
        else { return nil }
        return first << 4 | second
    }
}
