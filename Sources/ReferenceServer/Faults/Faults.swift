import Vocabulary

/// The faults that are switched on in a server.
///
/// Each fault is one file beside this one: its explanation, and what it changes, which the clean server asks for.
public struct Faults: Equatable, Sendable {
    /// When heartbeats stop unless a run says otherwise, in ns.
    public static let defaultDelay: Nanoseconds = 60 * .perSecond

    /// Which faults are switched on.
    public var names: Set<Fault>
    /// After how long a fault sets in that does so with time, in ns.
    public var delay: Nanoseconds
    /// The share of registrations that a fault of their order acts on, from 0 to 1.
    public var share = 1.0

    /// How many deliveries of broadcasts are left out, of one event to one stream each.
    public var lose = 0
    /// How many deliveries of broadcasts are written twice.
    public var repeats = 0

    /// Faults by their names; none are those of the clean server.
    public init(_ names: Set<Fault> = [], delay: Nanoseconds = Faults.defaultDelay) {
        self.names = names
        self.delay = delay
    }

    func contains(_ fault: Fault) -> Bool { names.contains(fault) }
}
