import ReferenceServer
import RunProfile
import Vocabulary

/// What a self-test covers.
public struct SelftestOptions: Equatable, Sendable {
    /// Cases that are carried out at once unless a command line says otherwise; they mostly wait.
    public static let defaultJobs = 12
    /// Cases that may be carried out at once.
    public static let jobs = 1...64
    /// Seeds that each fault may be tried with, and runs of the clean server.
    public static let most = 10_000

    /// Seeds that each fault is tried with.
    public var seeds = 5
    /// The faults that are tried.
    public var faults = Fault.allCases.filter { $0.definition.foundBy.obstacle == nil }
    /// The transports that each fault is tried over.
    public var transports = Scenario.Transport.allCases
    /// Runs of the clean server.
    public var cleanRuns = 10
    /// Runs of the clean server while another client opens and closes streams on it.
    public var neighbourRuns = 4
    /// The faults beside which each of the leaks is tried, as they make the state hard to read.
    public var hiding = SelftestSubject.hiding
    /// The leaks that are tried beside them; nil for all.
    public var hidden: [Fault]?
    /// Runs of the clean server that recycles its streams.
    public var recyclingRuns = 4
    /// Whether a fault is tried over one transport only with each seed, by turns.
    public var alternates = false

    /// The long form's defaults.
    public init() {}

    /// The short form: one seed, each fault over one transport, the clean server twice over each.
    public static var quick: SelftestOptions {
        var options = SelftestOptions()
        options.seeds = 1
        options.cleanRuns = 4
        options.neighbourRuns = 2
        options.recyclingRuns = 2
        options.alternates = true
        // A cache of 5 s makes a case last minutes.
        options.hiding = [.preforkState]
        options.hidden = [.racyRegistry, .timerLeak]
        return options
    }

    /// The cases, the seeds in turn, the longest first; a fault whose detection needs what is not there yet gives none.
    public var cases: [SelftestCase] {
        let detectable = faults.filter { $0.definition.foundBy.obstacle == nil }
        let ofFaults = (0..<seeds).flatMap { seed in
            detectable.enumerated().flatMap { index, fault in
                transports(at: index + seed).map { SelftestCase(.fault(fault), $0, seed: UInt64(seed + 1)) }
            }
        }
        let leaks = detectable.filter { $0.definition.leak != nil && hidden?.contains($0) ?? true }
        let ofHidden = (0..<seeds).flatMap { seed in
            hiding.flatMap { hiding in
                leaks.enumerated().map { index, leak in
                    SelftestCase(
                        .beside(leak, hiding),
                        transports[(index + seed) % transports.count],
                        seed: UInt64(seed + 1)
                    )
                }
            }
        }
        let all =
            ofFaults + (transports.isEmpty ? [] : ofHidden) + clean(.clean, cleanRuns)
            + clean(.cleanWithNeighbour, neighbourRuns) + clean(.cleanRecycling, recyclingRuns)
        // One that is begun last would be waited for alone.
        return all.filter(\.subject.isLong) + all.filter { !$0.subject.isLong }
    }

    private func transports(at turn: Int) -> [Scenario.Transport] {
        alternates && !transports.isEmpty ? [transports[turn % transports.count]] : transports
    }

    private func clean(_ subject: SelftestSubject, _ runs: Int) -> [SelftestCase] {
        guard !transports.isEmpty else { return [] }
        return (0..<runs).map { SelftestCase(subject, transports[$0 % transports.count], seed: UInt64($0 + 1)) }
    }
}

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
