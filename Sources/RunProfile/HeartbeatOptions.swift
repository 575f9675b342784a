import Vocabulary

/// What is expected of heartbeats.
public struct HeartbeatOptions: Equatable, Sendable {
    /// What counts as a beat.
    public enum Match: Equatable, Sendable {
        /// A comment line.
        case comment
        /// An event of a name.
        case event(String)
        /// Any byte.
        case any

        /// The text that a profile writes.
        public var text: String {
            switch self {
            case .comment: "comment"
            case .event(let name): "event:\(name)"
            case .any: "any"
            }
        }
    }

    /// The period.
    public var expect: Nanoseconds
    /// By what share of the period a beat may be late: 0.2 for 20%.
    public var tolerance = 0.2
    /// What counts as a beat.
    public var match = Match.comment

    /// Comments at a period, 20% tolerance.
    public init(expect: Nanoseconds) { self.expect = expect }

    /// The longest interval that is not a missed beat.
    public var longestInterval: Nanoseconds { Nanoseconds(Double(expect) * (1 + tolerance)) }
}
