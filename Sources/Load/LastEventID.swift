import EventStream

/// The request header that says which event a client has seen last (HTML, 9.2.4).
enum LastEventID {
    /// The longest that is sent, in bytes; servers bound their request heads.
    static let mostBytes = 4 << 10
    /// Why an ID is not sent: it is longer than ``mostBytes``.
    static let tooLong = "LIMIT_LAST_EVENT_ID_BYTES"
    /// Why an ID is not sent: it holds a control character, which no field value may (RFC 9110, 5.5).
    static let notAFieldValue = "LAST_EVENT_ID_CONTROL_CHARACTER"

    static let name = Array("Last-Event-ID: ".utf8)
    static let lineEnd = Array("\r\n".utf8)

    /// Why an ID cannot be sent; nil where it can.
    static func obstacle(_ id: UnsafeRawBufferPointer) -> String? {
        if id.count > mostBytes { return tooLong }
        return id.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F } ? notAFieldValue : nil
    }
}
