/// How the end of a body is told (RFC 9112, 6.3).
public enum BodyFraming: Equatable, Sendable {
    /// There is no body.
    case none
    /// The chunked transfer coding says so.
    case chunked
    /// After so many bytes.
    case length(UInt64)
    /// The connection closes.
    case untilClose

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
