import Glibc
import HTTP

/// A response with a body of known length.
struct OrdinaryResponse: Equatable, Sendable {
    var status = 200
    var contentType: String?
    /// Fields besides those that frame the body.
    var fields: [HTTPField] = []
    var body: [UInt8] = []
    /// Whether the body has no known end, so that the answer to a HEAD names no length.
    var isEndless = false

    /// The response as it is sent.
    func bytes(toHead: Bool, keepAlive: Bool) -> [UInt8] {
        var all = fields
        if let contentType { all.append(HTTPField("Content-Type", contentType)) }
        if status != 204, !isEndless { all.append(HTTPField("Content-Length", "\(body.count)")) }
        if !keepAlive { all.append(HTTPField("Connection", "close")) }
        let head = ServerHead.bytes(status: status, fields: all)
        return toHead ? head : head + body
    }
}

extension OrdinaryResponse {
    static func json(_ text: String) -> OrdinaryResponse {
        OrdinaryResponse(
            contentType: "application/json",
            fields: [HTTPField("Cache-Control", "no-store")],
            body: Array((text + "\n").utf8)
        )
    }

    static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> OrdinaryResponse {
        OrdinaryResponse(contentType: contentType, body: Array(text.utf8))
    }

    /// A refusal that says what is wrong; `reason` is this server's own text.
    static func refusal(_ status: Int, _ reason: String) -> OrdinaryResponse {
        var response = text(reason + "\n")
        response.status = status
        return response
    }

    static func badRequest(_ reason: String) -> OrdinaryResponse { refusal(400, reason) }

    /// What `OPTIONS` is answered, a preflight included (Fetch, HTTP responses).
    static func options(_ methods: [String]) -> OrdinaryResponse {
        OrdinaryResponse(
            status: 204,
            fields: [
                HTTPField("Allow", methods.joined(separator: ", ")), EventBytes.anyOrigin,
                HTTPField("Access-Control-Allow-Headers", "Authorization, Cache-Control, Last-Event-ID"),
            ]
        )
    }

    static let noContent = OrdinaryResponse(status: 204)
    static let bodyTooLarge = refusal(413, "the body is longer than \(ReferenceServerLimits.bodyBytes) bytes")
    static let tooManyStreams = refusal(503, "no slot is free for one more stream")
    static let targetTooLong = refusal(414, "the request line is longer than \(ReferenceServerLimits.headBytes) bytes")
    static let headTooLarge = refusal(431, "the head is longer than \(ReferenceServerLimits.headBytes) bytes")

    /// What `HEAD /events` is answered.
    static func eventStreamHead(_ fields: [HTTPField]) -> OrdinaryResponse {
        OrdinaryResponse(fields: fields, isEndless: true)
    }
}

/// The heads of this server's responses.
enum ServerHead {
    /// What a client that sent `Expect: 100-continue` waits for (RFC 9110, 15.2.1).
    static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// A head with the date (RFC 9110, 6.6.1).
    static func bytes(status: Int, fields: [HTTPField]) -> [UInt8] {
        do {
            return try HTTPHeadWriter.response(status: status, fields: [HTTPField("Date", date())] + fields)
        } catch {
            preconditionFailure("status and fields are this room's own: \(error)")
        }
    }

    /// The current date in the preferred format (RFC 9110, 5.6.7).
    private static func date() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(days[Int(parts.tm_wday)]), \(twoDigits(parts.tm_mday)) \(months[Int(parts.tm_mon)])"
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
        return "\(day) \(parts.tm_year + 1900) \(clock) GMT"
    }
}
