/// The limit of an event stream that the input went past.
public enum EventStreamLimit: String, Error, CaseIterable, Sendable {
    /// One line, a comment included, is longer than the limit.
    case line = "LIMIT_LINE_BYTES"
    /// The fields of one event, with the last event ID that is kept beside them, are longer than the limit.
    case event = "LIMIT_EVENT_BYTES"
}
