import Record

/// What the connections of one scenario did.
public struct ScenarioSummary: Codable, Equatable, Sendable {
    /// The scenario's name.
    public var name: String
    /// Connections by fate; how many were open at once is counted for the whole run only.
    public var connections: ConnectionCounts
    /// The latencies that were measured, in ns.
    public var latency: LatencySummaries
    /// What the heartbeats did.
    public var heartbeat: HeartbeatSummary
    /// Events received.
    public var events: UInt64
    /// Errors by name.
    public var errors: [String: UInt64]
    /// What its streams brought, where they were followed to their end; nil where they were not.
    public var streams: StreamSummary?
    /// What became of its slow readers; nil where there are none.
    public var slowReaders: SlowReaderSummary?

    /// The figures of one scenario's record.
    ///
    /// - Parameter expected: what was expected of heartbeats; nil where nothing was.
    public init(_ scenario: ScenarioRecord, expected: HeartbeatExpectation?) {
        name = scenario.name
        connections = scenario.load.connections
        latency = LatencySummaries(scenario.load)
        heartbeat = HeartbeatSummary(scenario.load.heartbeat, expected: expected)
        events = scenario.load.events
        errors = scenario.load.errors
        streams = scenario.load.streams.map(StreamSummary.init)
        slowReaders = scenario.load.slowReaders.map(SlowReaderSummary.init)
    }
}
