/// When a scenario's connections start; the schedule never waits for the server.
public enum Arrival: Equatable, Sendable {
    /// All at the start.
    case atOnce
    /// Evenly spaced; connections per second, above 0.
    case rate(Double)
}
