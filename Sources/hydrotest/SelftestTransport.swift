import ArgumentParser
import RunProfile

/// Transports on the self-test's command line.
enum SelftestTransport: String, CaseIterable, ExpressibleByArgument {
    /// Without TLS.
    case plain
    /// With TLS.
    case tls
    /// Each.
    case both

    /// The transports.
    var transports: [Scenario.Transport] {
        switch self {
        case .plain: [.plain]
        case .tls: [.tls]
        case .both: [.plain, .tls]
        }
    }
}
