/// Why a tap ended.
public enum TapEnd: Equatable, Sendable {
    /// As many events came as were asked for.
    case count
    /// The time was up.
    case time
    /// The server ended the stream in good order.
    case server
    /// A signal asked for the end.
    case interrupted
}
