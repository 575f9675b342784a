import EventLoop
import Transport

/// Where connections go.
public struct Destination: Sendable {
    /// The address.
    public var address: SocketAddress
    /// The value of a `Host` field.
    public var host: String
    /// The TLS state of its connections; nil for plain ones.
    public var tls: TLSClientContext?

    /// A destination from its parts.
    public init(address: SocketAddress, host: String, tls: TLSClientContext? = nil) {
        self.address = address
        self.host = host
        self.tls = tls
    }
}
