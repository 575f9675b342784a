import Vocabulary

/// All that is decided about one connection before it starts.
public struct ConnectionScript: Hashable, Sendable {
    /// How the connection ends if nothing goes wrong.
    public enum Ending: Hashable, Sendable {
        /// It is held for a time from its response head, in ns, then closed in good order.
        case hold(Nanoseconds)
        /// It is dropped at a stage, in a manner, a time after it reached the stage, in ns.
        case drop(Stage, Manner, after: Nanoseconds)
    }

    /// When it starts, in ns from the start of the load; nil where it replaces one that has to end first.
    public var arrival: Nanoseconds?
    /// How it ends.
    public var ending: Ending
    /// The event of its stream at which it is dropped, from 1; nil to drop as the stage is reached.
    public var event: Int?

    /// A script from its parts.
    public init(arrival: Nanoseconds?, ending: Ending, event: Int? = nil) {
        self.arrival = arrival
        self.ending = ending
        self.event = event
    }

    /// The stage at which the connection stops dead; nil for one that is held.
    public var stop: Stage? {
        if case .drop(let stage, _, _) = ending { stage } else { nil }
    }
}
