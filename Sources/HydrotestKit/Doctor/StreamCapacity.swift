/// How many streams the machine's limits allow one run at once.
public struct StreamCapacity: Codable, Equatable, Sendable {
    /// The streams.
    public var streams: Int
    /// The name of the limit that allows no more.
    public var limitedBy: String

    /// The capacity under some limits; nil where none is known.
    ///
    /// - Parameter bytes: what one stream takes, in bytes.
    init?(_ limits: MachineLimits, bytes: Int) {
        let allowed: [(streams: Int, limit: String)] = [
            (limits.hardDescriptors.map { $0 - Preflight.reservedDescriptors }, "descriptors"),
            (limits.descriptorsOfAll, "descriptors of all processes"),
            (limits.watches, "watched descriptors"),
            (limits.memory.map { $0 / bytes }, "memory"),
            (limits.tracked, "tracked connections"),
        ].compactMap { streams, limit in streams.map { (max(0, $0), limit) } }
        guard let least = allowed.min(by: { $0.streams < $1.streams }) else { return nil }
        streams = least.streams
        limitedBy = least.limit
    }
}
