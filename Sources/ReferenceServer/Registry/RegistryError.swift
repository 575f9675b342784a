/// Why a registry refuses.
public enum RegistryError: String, Error, CaseIterable, Sendable {
    /// No client has this id.
    case unknownClient = "UNKNOWN_CLIENT"
    /// The client would have more topics than ``ClientRegistryLimits/topicsPerClient``.
    case topicLimit = "LIMIT_TOPICS"
}
