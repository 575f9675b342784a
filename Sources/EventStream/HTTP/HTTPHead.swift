/// The head of a request or a response: what ``HTTPHeadParser`` reads.
public protocol HTTPHead: Sendable {
    /// The 1 of HTTP/1.1.
    var minorVersion: Int { get }
    /// The header fields, in order.
    var fields: [HTTPField] { get set }
    /// How many lines ended in LF without a CR, which the standard tolerates.
    var bareLineFeeds: Int { get set }

    /// The error for a first line that is none.
    static var malformedStart: HTTPHeadError { get }
    /// The error for a first line that is longer than the whole head may be.
    static var startLimit: HTTPHeadError { get }
    /// Whether empty lines before the first line are passed over.
    static var skipsEmptyLines: Bool { get }
    /// Whether a byte may stand at an offset of the first line; asked for the first five.
    static func canBegin(with byte: UInt8, at offset: Int) -> Bool

    /// Reads the first line, without its end.
    init(startLine: UnsafeRawBufferPointer) throws(HTTPHeadError)
    /// Checks what can only be told once the fields are there.
    func validate() throws(HTTPHeadError)
}

extension HTTPHead {
    /// The value of the first field of a name, which is compared without regard to case.
    public func value(of name: String) -> String? { fields.value(of: name) }

    /// Whether the connection may carry another message after this one (RFC 9112, 9.3).
    public var keepAlive: Bool {
        let options = fields.tokens(of: "connection")
        if options.contains("close") { return false }
        return minorVersion >= 1 || options.contains("keep-alive")
    }

    /// The media type in lower case, without its parameters.
    public var contentType: String? {
        guard let value = value(of: "content-type") else { return nil }
        return Substring(value.utf8.prefix { $0 != UInt8(ascii: ";") }.trimmingOptionalWhitespace()).lowercased()
    }

    /// The content codings in the order in which they were applied (RFC 9110, 8.4).
    public var contentCodings: [ContentCoding] {
        fields.tokens(of: "content-encoding").map(ContentCoding.init)
    }
}
