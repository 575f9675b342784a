/// What a run does between its baseline and its ladder.
public enum RunWork: Sendable {
    /// The profile's scenarios, or its climb.
    case load
    /// A drop matrix: every stage and manner alone, several times.
    case matrix
    /// Nothing but the calibration: which gauges see streams.
    case calibration
    /// The search for the window of delays in which a drop leaks.
    case race
}
