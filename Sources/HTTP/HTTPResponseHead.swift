import EventStream

/// The head of a response (RFC 9112, 4).
public struct HTTPResponseHead: HTTPHead, Equatable {
    /// The status code, 100 to 999.
    public let status: Int
    /// The reason, often empty.
    public let reason: String
    /// The 1 of HTTP/1.1.
    public let minorVersion: Int
    /// The header fields, in order.
    public var fields: [HTTPField] = []
    /// How many lines ended in LF without a CR.
    public var bareLineFeeds = 0

    /// Reads a status line; one that ends right after the status is accepted.
    ///
    /// - Throws: ``HTTPHeadError/malformedStatusLine`` or ``HTTPHeadError/unsupportedVersion``.
    public init(startLine: UnsafeRawBufferPointer) throws(HTTPHeadError) {
        guard startLine.count >= 12, startLine[8] == ASCII.space else {
            // `HTTP/2 200` is too short to be a status line, but says what is wrong.
            _ = try HTTPVersion.minor(startLine.prefix { $0 != ASCII.space }, malformed: Self.malformedStart)
            throw Self.malformedStart
        }
        minorVersion = try HTTPVersion.minor(startLine[..<8], malformed: Self.malformedStart)
        var status = 0
        for byte in startLine[9..<12] {
            guard let digit = ASCII.decimalValue(byte) else { throw Self.malformedStart }
            status = status * 10 + Int(digit)
        }
        guard status >= 100, startLine.count == 12 || startLine[12] == ASCII.space else { throw Self.malformedStart }
        let reason = startLine.dropFirst(13)
        guard !reason.contains(where: { $0 == ASCII.null || $0 == ASCII.carriageReturn }) else {
            throw Self.malformedStart
        }
        self.status = status
        self.reason = String(decoding: reason, as: UTF8.self)
    }

    /// Whether another head will follow for the same request (RFC 9110, 15.2); 101 is the last one.
    public var isInterim: Bool { Self.isInterim(status) }

    /// Whether a status is that of an interim response.
    public static func isInterim(_ status: Int) -> Bool { (100..<200).contains(status) && status != 101 }

    /// Whether the content type is that of an event stream, whatever the status.
    public var hasEventStreamType: Bool { contentType == "text/event-stream" }

    /// Whether the head begins an event stream (HTML, 9.2.3), be it one whose content coding cannot be taken off.
    public var isEventStream: Bool { status == 200 && hasEventStreamType }

    /// How the end of this response's body is told (RFC 9112, 6.3).
    ///
    /// - Parameter toHead: whether the request's method was `HEAD`.
    /// - Throws: the rule of RFC 9112, 6.1 to 6.3 that the header fields break.
    public func bodyFraming(toHead: Bool = false) throws(HTTPHeadError) -> BodyFraming {
        if toHead || status < 200 || status == 204 || status == 304 { return .none }
        return try BodyFraming(fields: fields, minorVersion: minorVersion) ?? .untilClose
    }
}

extension HTTPResponseHead {
    /// The error for a first line that is none.
    public static var malformedStart: HTTPHeadError { .malformedStatusLine }
    /// The error for a first line that is longer than the whole head may be.
    public static var startLimit: HTTPHeadError { .headerLimit }
    /// Whether empty lines before the first line are passed over.
    public static var skipsEmptyLines: Bool { false }

    /// Whether a byte may stand at an offset of the status line: `HTTP/` comes first.
    public static func canBegin(with byte: UInt8, at offset: Int) -> Bool {
        let name: StaticString = "HTTP/"
        return name.utf8Start[offset] == byte
    }

    /// Accepts every response.
    public func validate() throws(HTTPHeadError) {}
}
