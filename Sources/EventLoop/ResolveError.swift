/// A host name that has no address.
public struct ResolveError: Error, Sendable {
    /// The name.
    public let host: String
    /// What the resolver says.
    public let reason: String
}

extension ResolveError: CustomStringConvertible {
    /// The name and the resolver's reason.
    public var description: String { "cannot resolve \"\(host)\": \(reason)" }
}
