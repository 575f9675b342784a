/// A planned restart of the bundled server.
public struct ServerRestart: Codable, Equatable, Sendable {
    /// When it was ended, in seconds since the run's start.
    public var ended: Double
    /// When it listened again, in seconds since the run's start; nil where it did not.
    public var listening: Double?

    /// A restart from its parts.
    public init(ended: Double, listening: Double? = nil) {
        self.ended = ended
        self.listening = listening
    }
}
