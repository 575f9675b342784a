import Vocabulary

/// What the bundled server of a case is given: a fault, or none.
public enum SelftestSubject: Hashable, Sendable {
    /// The clean server.
    case clean
    /// The clean server, while another client opens and closes streams on it.
    case cleanWithNeighbour
    /// The clean server, which ends each stream in good order at one age.
    case cleanRecycling
    /// The server with a fault.
    case fault(Fault)
    /// The server with a leak, and a fault that makes its state hard to read.
    case beside(Fault, Fault)

    /// The faults beside which each leak must be found.
    public static let hiding: [Fault] = [.preforkState, .cachedState]

    /// All that is switched on.
    public var faults: [Fault] {
        switch self {
        case .clean, .cleanWithNeighbour: []
        case .cleanRecycling: [.recycles]
        case .fault(let fault): [fault]
        case .beside(let leak, let hiding): [leak, hiding]
        }
    }

    /// The fault that is to be found; nil for the clean server.
    public var fault: Fault? { self == .cleanRecycling ? nil : faults.first }

    /// The subject's name: the fault's, or `clean`.
    public var name: String {
        switch self {
        case .clean: "clean"
        case .cleanWithNeighbour: "clean, with a neighbour"
        case .cleanRecycling: "clean, recycling streams"
        case .fault(let fault): fault.rawValue
        case .beside(let leak, let hiding): "\(leak.rawValue) beside \(hiding.rawValue)"
        }
    }
}
