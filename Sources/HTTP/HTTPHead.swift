import EventStream

/// The head of a request or a response: what ``HTTPHeadParser`` reads.
public protocol HTTPHead: Sendable {
    /// The 1 of HTTP/1.1.
    var minorVersion: Int { get }
    /// The header fields, in order.
    var fields: [HTTPField] { get set }
    /// How many lines ended in LF without a CR, which the standard tolerates.
    var bareLineFeeds: Int { get set }
    /// Whether another head follows for the same request.
    var isInterim: Bool { get }

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

/// What the header fields say of a message's body.
extension BodyFraming {
    /// What the header fields say of the framing; nil where they say nothing.
    ///
    /// - Throws: the first rule of RFC 9112, 6.1 to 6.3 that the fields break. A message with both `Content-Length` and
    ///   `Transfer-Encoding` is an error here, as 6.3 advises, and so is any transfer coding but `chunked`.
    init?(fields: [HTTPField], minorVersion: Int) throws(HTTPHeadError) {
        let lengths = fields.tokens(of: "content-length")
        let codings = fields.tokens(of: "transfer-encoding")
        if fields.value(of: "transfer-encoding") != nil {
            guard minorVersion >= 1 else { throw .transferEncodingInOldVersion }
            guard fields.value(of: "content-length") == nil else { throw .lengthWithTransferEncoding }
            guard codings == ["chunked"] else {
                throw codings.allSatisfy { $0 == "chunked" } ? .badTransferEncoding : .unknownTransferCoding
            }
            self = .chunked
            return
        }
        guard fields.value(of: "content-length") != nil else { return nil }
        var length: UInt64?
        for text in lengths {
            guard text.utf8.allSatisfy({ ASCII.decimalValue($0) != nil }), let number = UInt64(text) else {
                throw .badContentLength
            }
            guard length == nil || length == number else { throw .conflictingContentLength }
            length = number
        }
        guard let length else { throw .badContentLength }
        self = .length(length)
    }
}

/// A coding applied to a body (RFC 9110, 8.4.1).
public enum ContentCoding: Equatable, Sendable {
    /// The gzip format, `x-gzip` included.
    case gzip
    /// The zlib format, or raw deflate as some servers send it.
    case deflate
    /// No coding.
    case identity
    /// Any other, by its name in lower case.
    case unknown(String)

    /// The coding of a name in lower case.
    public init(_ name: String) {
        switch name {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        case "identity": self = .identity
        default: self = .unknown(name)
        }
    }
}

/// The version in a first line (RFC 9112, 2.3).
enum HTTPVersion {
    /// The minor version of `HTTP/1.x`.
    ///
    /// - Throws: ``HTTPHeadError/unsupportedVersion`` for another major version, else `malformed`.
    static func minor(_ text: some Collection<UInt8>, malformed: HTTPHeadError) throws(HTTPHeadError) -> Int {
        guard text.starts(with: "HTTP/".utf8) else { throw malformed }
        let numbers = text.dropFirst(5).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count), let major = digit(numbers[0]) else { throw malformed }
        guard major == 1 else { throw .unsupportedVersion }
        guard numbers.count == 2, let minor = digit(numbers[1]) else { throw malformed }
        return minor
    }

    private static func digit(_ text: some Collection<UInt8>) -> Int? {
        guard text.count == 1, let byte = text.first else { return nil }
        return ASCII.decimalValue(byte).map(Int.init)
    }
}

extension ASCII {
    /// The lower-case form of an ASCII letter; any other byte as it is.
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
    }

    /// Whether a byte may stand in a token (RFC 9110, 5.6.2).
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        // ! # $ % & ' * + - . ^ _ ` | ~
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// Whether bytes form a token (RFC 9110, 5.6.2): at least one byte, each of them allowed.
    static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(isToken)
    }
}
