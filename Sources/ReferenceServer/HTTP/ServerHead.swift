import EventStream
import Glibc

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
