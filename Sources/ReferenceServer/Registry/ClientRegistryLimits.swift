/// The limits of a registry.
public enum ClientRegistryLimits {
    /// Topics that one client may be subscribed to.
    public static let topicsPerClient = 64
    /// Bytes of one topic's name.
    public static let topicBytes = 256
    /// Broadcasts that are kept for clients that come back.
    public static let keptEvents = 1_024
    /// Bytes of all broadcasts that are kept; a replay must fit into a connection's queue.
    public static let keptBytes = 128 << 10
}
