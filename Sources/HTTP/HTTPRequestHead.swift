import EventStream

/// The head of a request (RFC 9112, 3).
public struct HTTPRequestHead: HTTPHead, Equatable {
    /// The method, as it stands.
    public let method: String
    /// The request target, as it stands.
    public let target: String
    /// The 1 of HTTP/1.1.
    public let minorVersion: Int
    /// The header fields, in order.
    public var fields: [HTTPField] = []
    /// How many lines ended in LF without a CR.
    public var bareLineFeeds = 0

    /// Reads a request line: a token, a target of visible ASCII bytes, a version, one space between them.
    ///
    /// - Throws: ``HTTPHeadError/malformedRequestLine`` or ``HTTPHeadError/unsupportedVersion``.
    public init(startLine: UnsafeRawBufferPointer) throws(HTTPHeadError) {
        let parts = startLine.split(separator: ASCII.space, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, ASCII.isToken(parts[0]), !parts[1].isEmpty,
            parts[1].allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw Self.malformedStart }
        minorVersion = try HTTPVersion.minor(parts[2], malformed: Self.malformedStart)
        method = String(decoding: parts[0], as: UTF8.self)
        target = String(decoding: parts[1], as: UTF8.self)
    }

    /// The target's path, still percent-encoded; `/` where an absolute target has none.
    public var path: String {
        let path = Substring(origin.utf8.prefix { $0 != UInt8(ascii: "?") })
        return path.isEmpty ? "/" : String(path)
    }

    /// What follows the target's first question mark, still percent-encoded; nil where there is none.
    public var query: String? {
        let rest = origin.utf8.drop { $0 != UInt8(ascii: "?") }
        return rest.isEmpty ? nil : String(Substring(rest.dropFirst()))
    }

    /// The query's names and values, decoded (URL Standard, 5.1).
    public var queryItems: [QueryItem] { query.map(QueryItem.parse) ?? [] }

    /// The decoded value of the first query item of a name.
    public func queryValue(of name: String) -> String? { queryItems.first { $0.name == name }?.value }

    /// How the end of this request's body is told (RFC 9112, 6.3).
    ///
    /// - Throws: the rule of RFC 9112, 6.1 to 6.3 that the header fields break.
    public func bodyFraming() throws(HTTPHeadError) -> BodyFraming {
        let framing = try BodyFraming(fields: fields, minorVersion: minorVersion) ?? .none
        return framing == .length(0) ? .none : framing
    }

    /// The target without the scheme and authority of an absolute one (RFC 9112, 3.2.2).
    private var origin: Substring {
        guard !target.hasPrefix("/"), let scheme = target.firstRange(of: "://") else { return Substring(target) }
        return Substring(target[scheme.upperBound...].utf8.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") })
    }
}

extension HTTPRequestHead {
    /// The error for a first line that is none.
    public static var malformedStart: HTTPHeadError { .malformedRequestLine }
    /// The error for a first line that is longer than the whole head may be, which has an answer of its own (RFC 9112, 3).
    public static var startLimit: HTTPHeadError { .requestLineLimit }
    /// No request is followed by another head of its own.
    public var isInterim: Bool { false }
    /// Whether empty lines before the first line are passed over.
    public static var skipsEmptyLines: Bool { true }

    /// Whether a byte may stand at an offset of the request line: a method begins with a token's byte.
    public static func canBegin(with byte: UInt8, at offset: Int) -> Bool {
        offset > 0 || ASCII.isToken(byte)
    }

    /// Demands the one `Host` field of an HTTP/1.1 request (RFC 9112, 3.2) and CRLF line ends (RFC 9112, 2.2).
    public func validate() throws(HTTPHeadError) {
        guard bareLineFeeds == 0 else { throw .bareLineFeed }
        let hosts = fields.values(of: "host").count
        guard hosts == 1 || (hosts == 0 && minorVersion == 0) else { throw .badHost }
    }
}

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
