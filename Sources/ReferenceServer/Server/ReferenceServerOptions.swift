import Vocabulary

/// How a reference server is set up.
public struct ReferenceServerOptions: Equatable, Sendable {
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
    public var registry = RegistryKind.fixed
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

extension ReferenceServerOptions {
    /// The faults with the one that the choice of a registry stands for.
    var allFaults: Faults {
        var all = faults
        all.names.formUnion(registry.faults)
        return all
    }

    /// Two faults that cannot go together; nil where there are none.
    var exclusiveFaults: (Fault, Fault)? {
        let names = allFaults.names
        for fault in Fault.allCases where names.contains(fault) {
            if let other = fault.excluded(by: names) { return (fault, other) }
        }
        return nil
    }
}

/// The limits of a reference server.
public enum ReferenceServerLimits {
    /// Bytes of a request's head, the empty line included.
    public static let headBytes = 16 << 10
    /// Bytes of a request's body.
    public static let bodyBytes = 64 << 10
    /// Bytes that a client may send while nothing is expected of it, before its connection is closed.
    public static let surplusBytes = 64 << 10
    /// Bytes that may wait in one connection's queue because the client does not read, before it is closed.
    public static let queuedBytes = 256 << 10
    /// Bytes that are read and thrown away after a refusal, so that the client can read why.
    public static let lingerBytes = 1 << 20
    /// How long a connection lingers after its last response, in ns.
    public static let lingerTime: Nanoseconds = 1 * .perSecond
    /// How long a client may take over a request unless the options say otherwise, in ns.
    public static let requestTime: Nanoseconds = 30 * .perSecond
    /// Connections that are open at a time.
    public static let connections = 65_536
    /// Streams that are open at a time.
    public static let slots = connections
    /// Tokens of one completion.
    public static let tokens = 1...1_000_000
    /// Tokens of one completion per second.
    public static let tokenRate = 0.01...100_000.0
    /// Tokens that one completion sends in one turn, where it has fallen behind.
    public static let tokensPerTurn = 256
    /// Connections that are accepted from one listener in one turn of the loop.
    public static let acceptsPerTurn = 256
    /// How long nothing is accepted when descriptors have run out, in ns.
    public static let acceptPause: Nanoseconds = 100 * .perMillisecond
    /// Writes that may wait for the socket thread before the handler thread takes no more requests.
    public static let queuedWrites = 1 << 18
    /// Writes that the handler thread collects before it hands them over.
    public static let writesPerHandover = 1_024
}
