import Transport
import Vocabulary

/// How an exchange is carried out.
struct ExchangeScript: Sendable {
    /// How bytes are sent.
    enum Pace: Sendable {
        /// All at once.
        case whole
        /// Each in a segment of its own.
        case byteByByte
    }

    /// What the client does once a stream flows.
    enum Act: Sendable {
        case nothing
        /// Shuts its write side down, then listens on.
        case halfClose
        /// Resets the connection.
        case reset
    }

    /// How the connection is made where the address is an `https` one.
    enum Security: Sendable {
        /// As the options say.
        case ordinary
        /// Without TLS.
        case none
        /// One version only.
        case version(TLSClientContext.Version)
        /// Another server name, unverified.
        case serverName(String)
        /// Another application protocol.
        case applicationProtocol(String)
        /// The session of the exchange before.
        case resuming
    }

    /// The requests, each sent when the response to the one before is complete.
    var requests: [[UInt8]]
    /// The requests' methods; none where what comes is no HTTP.
    var methods: [String]
    var pace = Pace.whole
    var act = Act.nothing
    var security = Security.ordinary
    /// How long a stream is read, from its head on, in ns; nil for as long as it takes to see how it begins.
    var listening: Nanoseconds?
    /// Whether the connection is read to the server's close, though the response is complete.
    var awaitsClose = false
    /// What is published meanwhile.
    var publications: [String] = []
}
