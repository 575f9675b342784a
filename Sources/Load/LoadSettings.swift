import RunProfile
import Vocabulary

/// What holds for all connections of a load.
public struct LoadSettings: Sendable {
    /// What is expected of heartbeats; nil where nothing is.
    public var heartbeat: HeartbeatOptions?
    /// What one connection may cost.
    public var limits: LimitOptions
    /// After how long without a byte a stream counts as quiet, in ns.
    public var quietAfter: Nanoseconds
    /// When each level of a climb ends, in ns from the start, in rising order; empty where there are none.
    public var levelEnds: [Nanoseconds] = []
    /// Whether events carry the moment at which they were published (``SendMoment``), to be measured by.
    public var measuresEvents = false

    /// Whether the server is being restarted; nil where it never is.
    public var restart: PlannedRestart?
    /// For how long some of the connections that stall before their request is sent are watched, in ns; nil for no
    /// longer than their scenario says.
    public var stallLook: Nanoseconds?
    /// Whether the time from each stage to its drop is measured.
    public var timesDrops = false

    /// Settings of a profile.
    public init(heartbeat: HeartbeatOptions?, limits: LimitOptions) {
        self.heartbeat = heartbeat
        self.limits = limits
        quietAfter = heartbeat?.longestInterval ?? Self.quietWithoutHeartbeat
    }

    /// After how long without a byte a stream counts as quiet where no heartbeat is expected.
    public static let quietWithoutHeartbeat: Nanoseconds = 500 * .perMillisecond
}
