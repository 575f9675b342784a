/// A request that makes the server publish an event.
public struct PublishOptions: Equatable, Sendable {
    /// Where it is sent: `reference/broadcast?topic=news`, or the address of a server that runs already.
    public typealias Address = Target.Address

    /// The request method, in capitals.
    public var method = "POST"
    /// Where it is sent.
    public var address: Address
    /// The request body.
    public var body = ""

    /// A publish of an empty body.
    public init(address: Address) { self.address = address }
}
