/// A part of a run, with its limits in seconds since the run's start.
public struct Phase: Codable, Equatable, Sendable {
    /// The parts a run can have, in order.
    public enum Name: String, CaseIterable, Codable, Sendable {
        /// Gauges are sampled before any load.
        case baseline
        /// A few streams are opened and ended in good order, to see which gauges show them.
        case calibration
        /// Connections arrive, are held and dropped.
        case load
        /// Every connection is gone; residuals may drain.
        case settle
        /// The server's inactivity timers may fire.
        case inactivity
        /// Something is published to wake what is left.
        case publish
        /// Stages are tried one at a time to find out which one leaks.
        case attribution
        /// The same drops are made once more, to see whether what is held grows with them.
        case growth
    }

    /// Which part.
    public var name: Name
    /// When it started, in seconds since the run's start.
    public var start: Double
    /// When it ended, in seconds since the run's start.
    public var end: Double

    /// A phase from its parts.
    public init(name: Name, start: Double, end: Double) {
        self.name = name
        self.start = start
        self.end = end
    }
}
