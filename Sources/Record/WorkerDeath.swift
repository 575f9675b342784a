/// A worker that could not go on, and with it the load.
public struct WorkerDeath: Codable, Equatable, Sendable {
    /// The worker's number, from 0.
    public var worker: Int
    /// What it failed at: `EBADF (Bad file descriptor)`.
    public var reason: String
    /// When, in seconds since the load's start.
    public var time: Double

    /// A death from its parts.
    public init(worker: Int, reason: String, time: Double) {
        self.worker = worker
        self.reason = reason
        self.time = time
    }
}
