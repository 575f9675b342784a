import Vocabulary

/// Bytes that came in one read.
public struct Arrival: Equatable, Sendable {
    /// How many bytes had come by then, these included.
    public var end: Int
    /// When, in ns of the monotonic clock.
    public var moment: Nanoseconds

    /// An arrival from its parts.
    public init(end: Int, moment: Nanoseconds) {
        self.end = end
        self.moment = moment
    }
}
