/// The limits of a registry.
public enum ClientRegistryLimits {
    /// Topics that one client may be subscribed to.
    public static let topicsPerClient = 64
    /// Bytes of one topic's name.
    public static let topicBytes = 256
}
