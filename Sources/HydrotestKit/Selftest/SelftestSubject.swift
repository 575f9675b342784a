import Vocabulary

/// What the bundled server of a case is given: a fault, or none.
public enum SelftestSubject: Hashable, Sendable {
    /// The clean server.
    case clean
    /// The clean server, while another client opens and closes streams on it.
    case cleanWithNeighbour
    /// The server with a fault.
    case fault(Fault)

    /// The fault that is switched on; nil for the clean server.
    public var fault: Fault? {
        if case .fault(let fault) = self { fault } else { nil }
    }

    /// The subject's name: the fault's, or `clean`.
    public var name: String {
        switch self {
        case .clean: "clean"
        case .cleanWithNeighbour: "clean, with a neighbour"
        case .fault(let fault): fault.rawValue
        }
    }
}
