/// The end of the server's process, which ended the run.
public struct ServerDeath: Codable, Equatable, Sendable {
    /// When it was noticed, in seconds since the run's start.
    public var time: Double
    /// The probe that noticed it; nil where it was the bundled server.
    public var probe: String?
    /// How it ended, in words; nil where only its parent knows.
    public var end: String?
    /// The last drops made before, in their order; their times are in seconds since the run's start.
    public var lastDrops: [DropMoment]

    /// A death from its parts.
    public init(time: Double, probe: String?, end: String? = nil, lastDrops: [DropMoment] = []) {
        self.time = time
        self.probe = probe
        self.end = end
        self.lastDrops = lastDrops
    }
}
