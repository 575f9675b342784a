import Vocabulary

/// A request that makes the server publish an event.
public struct PublishOptions: Equatable, Sendable {
    /// Where it is sent.
    public enum Address: Equatable, Sendable {
        /// The bundled server (`reference/broadcast?topic=news`).
        case reference(path: String)
        /// A server that runs already.
        case url(TargetURL)
    }

    /// The request method, in capitals.
    public var method = "POST"
    /// Where it is sent.
    public var address: Address
    /// The request body.
    public var body = ""

    /// A publish of an empty body.
    public init(address: Address) { self.address = address }
}
