import RunProfile
import Vocabulary

/// One case of the self-test: a server, a transport and a seed, put through every examination.
public struct SelftestCase: Hashable, Sendable {
    /// What the server is given.
    public let subject: SelftestSubject
    /// How its clients connect.
    public let transport: Scenario.Transport
    /// The seed that the drops are drawn from.
    public let seed: UInt64

    /// A case from its parts.
    public init(_ subject: SelftestSubject, _ transport: Scenario.Transport, seed: UInt64) {
        self.subject = subject
        self.transport = transport
        self.seed = seed
    }

    /// The case's name, fit for a file: `timer-leak-tls-7`.
    public var name: String {
        let server =
            switch subject {
            case .cleanWithNeighbour: "clean-neighbour"
            case .cleanRecycling: "clean-recycling"
            case .clean, .fault, .beside: subject.name.replacing(" ", with: "-")
            }
        return "\(server)-\(transport.rawValue)-\(seed)"
    }
}
