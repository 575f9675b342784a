/// A value of a JSON document (RFC 8259, 3).
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// Of members with the same name the last stands.
    case object([String: JSONValue])
}
