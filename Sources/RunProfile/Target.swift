import Vocabulary

/// The server under test and how it is asked.
public struct Target: Equatable, Sendable {
    /// Where a request is sent.
    public enum Address: Equatable, Sendable {
        /// The bundled server, started for the run; the request target (`/events?topics=news`).
        case reference(path: String)
        /// A server that runs already.
        case url(TargetURL)
    }

    /// Where streams are opened.
    public var address: Address
    /// The request method, in capitals.
    public var method = "GET"
    /// Headers in the order written; `Host`, `Accept`, `Cache-Control` and `Accept-Encoding` have defaults that one of the same name replaces.
    public var headers: [Header] = []
    /// The request body; nil for none.
    public var body: String?
    /// How TLS is spoken.
    public var tls = TLSOptions()
    /// Whether the profile names the host as one that welcomes the load; needed where it is not loopback.
    public var authorized = false

    /// A target with defaults for all but its address.
    public init(address: Address) { self.address = address }

    /// One request header.
    public struct Header: Equatable, Sendable {
        /// The field name as written.
        public var name: String
        /// The field value, without line ends.
        public var value: String

        /// A header from its parts.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}
