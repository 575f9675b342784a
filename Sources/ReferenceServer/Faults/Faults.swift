import Vocabulary

/// The faults that are switched on in a server.
///
/// The files beside this one hold them by their subjects: a fault's definition, then what it changes, which the clean
/// server asks for.
public struct Faults: Equatable, Sendable {
    /// After how long a fault sets in that does so with time, unless a run says otherwise, in ns.
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

extension Faults {
    /// Every fault's definition, subject by subject.
    static let definitions = [
        ofRegistration, ofCloses, ofResources, ofHeartbeats, ofStreams, ofDelivery, ofConnections, ofStalls, ofState,
    ].flatMap(\.self)
}

extension Fault {
    /// What the fault is, and how it should be found.
    public var definition: FaultDefinition {
        guard let definition = Faults.definitions.first(where: { $0.fault == self }) else {
            preconditionFailure("\(rawValue) is in no subject's list")
        }
        return definition
    }
}
