import Vocabulary

/// The bounds of the viewer.
enum ViewerLimits {
    /// Connections at once; further ones are closed.
    static let connections = 32
    /// The longest head of a request, in bytes.
    static let requestBytes = 16 << 10
    /// How long a connection may take in all, in ns.
    static let time: Nanoseconds = 30 * .perSecond
}
