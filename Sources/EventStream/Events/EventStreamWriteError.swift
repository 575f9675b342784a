/// Why an event cannot be written.
public enum EventStreamWriteError: String, Error, CaseIterable, Sendable {
    /// The type holds a CR or an LF, which would begin another field.
    case invalidType = "INVALID_EVENT_TYPE"
    /// The ID holds a CR or an LF, which would begin another field, or a NUL, which makes a client ignore it.
    case invalidID = "INVALID_EVENT_ID"
}
