import Vocabulary

/// How a reference server is set up.
public struct ReferenceServerOptions: Equatable, Sendable {
    /// The registries that a server can carry.
    public enum Registry: String, CaseIterable, Sendable {
        /// Inserts a client before it registers the close handler.
        case fixed
        /// Inserts a client after it has registered the close handler, and so leaks.
        case racy
    }

    /// The address or the name to listen on.
    public var host = "127.0.0.1"
    /// The port for plain connections; 0 for any free one, nil for none.
    public var port: UInt16? = 0
    /// The port for TLS connections; 0 for any free one, nil for none.
    public var tlsPort: UInt16?
    /// A PEM file with the certificate chain; nil for a certificate that signs itself.
    public var certificateFile: String?
    /// A PEM file with the certificate's key; nil together with the certificate.
    public var keyFile: String?
    /// Which registry the server carries.
    public var registry = Registry.fixed
    /// The period of the heartbeats of each stream, in ns; nil for none.
    public var heartbeat: Nanoseconds? = 1 * .perSecond
    /// After how long without a write a client is removed, in ns.
    public var inactivity: Nanoseconds = 30 * .perSecond
    /// How long a registration pauses after it has registered its close handler, and any fault's window, in ns.
    public var raceWindow: Nanoseconds = 0
    /// The faults that are switched on.
    public var faults = Faults()
    /// Tokens of each completion.
    public var tokens = 100
    /// Tokens of each completion per second.
    public var tokenRate = 50.0
    /// How long a client may take from its connection to its complete request, and between two requests, in ns.
    public var requestTimeout: Nanoseconds = ReferenceServerLimits.requestTime

    /// The defaults: a plain listener on a free port of the loopback address.
    public init() {}
}
