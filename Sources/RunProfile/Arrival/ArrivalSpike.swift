import Vocabulary

/// A crowd of connections that start at the same moment.
public struct ArrivalSpike: Equatable, Sendable {
    /// When they start, in ns from the start of the load.
    public var moment: Nanoseconds
    /// How many they are.
    public var connections: Int

    /// A spike from its parts.
    public init(at moment: Nanoseconds, connections: Int) {
        self.moment = moment
        self.connections = connections
    }
}
