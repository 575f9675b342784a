import EventStream

/// Builds the heads of messages (RFC 9112, 2.1); nothing in its arguments can add a line.
public enum HTTPHeadWriter {
    /// The bytes of a request head.
    ///
    /// - Throws: which argument would break the head.
    public static func request(
        method: String,
        target: String,
        fields: [HTTPField]
    ) throws(HTTPWriteError) -> [UInt8] {
        guard ASCII.isToken(method.utf8) else { throw .invalidMethod }
        guard !target.isEmpty, target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .invalidTarget }
        var bytes = Array("\(method) \(target) HTTP/1.1\r\n".utf8)
        try append(fields, to: &bytes)
        return bytes
    }

    /// The bytes of a response head.
    ///
    /// - Parameters:
    ///   - status: three digits.
    ///   - reason: the reason; by default the standard's own.
    /// - Throws: which argument would break the head.
    public static func response(
        status: Int,
        reason: String? = nil,
        fields: [HTTPField]
    ) throws(HTTPWriteError) -> [UInt8] {
        guard (100...999).contains(status) else { throw .invalidStatus }
        let reason = reason ?? standardReason(status)
        guard isOneLine(reason) else { throw .invalidReason }
        var bytes = Array("HTTP/1.1 \(status) \(reason)\r\n".utf8)
        try append(fields, to: &bytes)
        return bytes
    }

    /// The reason that RFC 9110, 15 gives for the status codes of everyday use; empty for others.
    public static func standardReason(_ status: Int) -> String {
        switch status {
        case 100: "Continue"
        case 200: "OK"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }

    private static func append(_ fields: [HTTPField], to bytes: inout [UInt8]) throws(HTTPWriteError) {
        for field in fields {
            guard ASCII.isToken(field.name.utf8) else { throw .invalidFieldName }
            guard isOneLine(field.value) else { throw .invalidFieldValue }
            bytes.append(contentsOf: field.name.utf8)
            bytes.append(contentsOf: ": ".utf8)
            bytes.append(contentsOf: field.value.utf8)
            bytes.append(contentsOf: "\r\n".utf8)
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    private static func isOneLine(_ text: String) -> Bool {
        !text.utf8.contains { $0 == ASCII.carriageReturn || $0 == ASCII.lineFeed || $0 == ASCII.null }
    }
}

/// Why a head cannot be written.
public enum HTTPWriteError: String, Error, CaseIterable, Sendable {
    /// The method is not a token.
    case invalidMethod = "INVALID_METHOD"
    /// The target is empty, or holds a byte that is not visible ASCII.
    case invalidTarget = "INVALID_TARGET"
    /// The status is not a number of three digits.
    case invalidStatus = "INVALID_STATUS"
    /// The reason holds a CR, an LF or a NUL.
    case invalidReason = "INVALID_REASON"
    /// A field's name is not a token.
    case invalidFieldName = "INVALID_FIELD_NAME"
    /// A field's value holds a CR, an LF or a NUL.
    case invalidFieldValue = "INVALID_FIELD_VALUE"
}
