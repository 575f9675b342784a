/// What is wrong with the head of a message (RFC 9112, 2 to 6).
public enum HTTPHeadError: String, Error, CaseIterable, Sendable {
    /// The first line of a response is not a version, a status of three digits and a reason.
    case malformedStatusLine = "MALFORMED_STATUS_LINE"
    /// The first line of a request is not a method, a target and a version.
    case malformedRequestLine = "MALFORMED_REQUEST_LINE"
    /// The version is not HTTP/1.0 or a later HTTP/1.
    case unsupportedVersion = "UNSUPPORTED_HTTP_VERSION"
    /// A header line has no colon, no token before it, or a CR or NUL in it.
    case malformedHeader = "MALFORMED_HEADER"
    /// A header line begins with whitespace.
    case obsoleteFold = "OBSOLETE_LINE_FOLDING"
    /// A line of a request ends in LF without a CR.
    case bareLineFeed = "BARE_LINE_FEED"
    /// An HTTP/1.1 request has no `Host` field, or more than one.
    case badHost = "BAD_HOST"
    /// The head is longer than the limit.
    case headerLimit = "LIMIT_HEADER_BYTES"
    /// The first line of a request alone is longer than the limit.
    case requestLineLimit = "LIMIT_REQUEST_LINE"
    /// A `Content-Length` is not a number of 64 bits.
    case badContentLength = "BAD_CONTENT_LENGTH"
    /// Two values of `Content-Length` differ.
    case conflictingContentLength = "CONFLICTING_CONTENT_LENGTH"
    /// The message has both a `Content-Length` and a `Transfer-Encoding`.
    case lengthWithTransferEncoding = "CONTENT_LENGTH_WITH_TRANSFER_ENCODING"
    /// A `Transfer-Encoding` is empty, or names `chunked` more than once.
    case badTransferEncoding = "BAD_TRANSFER_ENCODING"
    /// A transfer coding is not `chunked`.
    case unknownTransferCoding = "UNKNOWN_TRANSFER_CODING"
    /// An HTTP/1.0 message has a `Transfer-Encoding`.
    case transferEncodingInOldVersion = "TRANSFER_ENCODING_IN_HTTP_1_0"
}
