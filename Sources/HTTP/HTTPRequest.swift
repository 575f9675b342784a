/// A request to be sent: its head, and its body with the `Content-Length` that tells its end.
public struct HTTPRequest: Equatable, Sendable {
    /// Head and body as HTTP/1.1 writes them (RFC 9112, 2.1).
    public let bytes: [UInt8]
    /// Whether the answer has no body, as the request's method is `HEAD`.
    public let isHead: Bool
    /// Whether the request itself asks for the connection to end behind the answer (RFC 9112, 9.6).
    public let endsConnection: Bool

    /// A request.
    ///
    /// - Parameters:
    ///   - method: the method, in capitals.
    ///   - target: the request target.
    ///   - fields: the header fields; a `Content-Length` is added at their end where there is a body and none is given.
    ///   - body: the body; nil for none.
    /// - Throws: which argument would break the head.
    public init(
        method: String,
        target: String,
        fields: [HTTPField],
        body: [UInt8]? = nil
    ) throws(HTTPWriteError) {
        var all = fields
        if let body, fields.value(of: "content-length") == nil {
            all.append(HTTPField("Content-Length", "\(body.count)"))
        }
        bytes = try HTTPHeadWriter.request(method: method, target: target, fields: all) + (body ?? [])
        isHead = method == "HEAD"
        endsConnection = fields.tokens(of: "connection").contains("close")
    }

    fileprivate init(bytes: [UInt8], isHead: Bool, endsConnection: Bool) {
        self.bytes = bytes
        self.isHead = isHead
        self.endsConnection = endsConnection
    }
}

/// Requests that differ in the number in one header field and in their bodies: what they share is written once.
public struct NumberedHTTPRequest: Sendable {
    /// The head up to the number.
    private let head: [UInt8]
    private let isHead: Bool
    private let endsConnection: Bool

    /// What the requests share.
    ///
    /// - Parameters:
    ///   - method: the method, in capitals.
    ///   - target: the request target.
    ///   - fields: the header fields, but for the number and the body's length.
    ///   - numberField: the name of the field that carries the number.
    /// - Throws: which argument would break the head.
    public init(
        method: String,
        target: String,
        fields: [HTTPField],
        numberField: String
    ) throws(HTTPWriteError) {
        let numbered = fields + [HTTPField(numberField, "")]
        // Without the line's end and the empty line.
        head = try HTTPHeadWriter.request(method: method, target: target, fields: numbered).dropLast(4)
        isHead = method == "HEAD"
        endsConnection = fields.tokens(of: "connection").contains("close")
    }

    /// One of the requests.
    public func request(number: UInt64, body: [UInt8]) -> HTTPRequest {
        let rest = "\(number)\r\nContent-Length: \(body.count)\r\n\r\n"
        return HTTPRequest(bytes: head + Array(rest.utf8) + body, isHead: isHead, endsConnection: endsConnection)
    }
}
