import Vocabulary

/// What a client of the metrics' address may cost.
enum MetricsLimits {
    /// Connections at once; one more closes the oldest.
    static let connections = 16
    /// Bytes of a request's head.
    static let requestBytes = 8 << 10
    /// How long a connection may take in all, in ns.
    static let time: Nanoseconds = 5 * .perSecond
}
