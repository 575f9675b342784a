/// What a gauge counts.
public enum GaugeUnit: String, CaseIterable, Codable, Sendable {
    /// Things that can be counted one by one; a residual of one is a leak of one.
    case count
    /// Memory, which allocators keep; a residual alone is no leak.
    case bytes
    /// What has happened so far, which only grows until the server restarts; nothing of it can leak.
    case total
}

/// What a run knows of a gauge, and so whether a verdict may rest on it.
public enum GaugeStanding: String, CaseIterable, Codable, Sendable {
    /// It moved while streams were open, and came back.
    case seesStreams = "sees-streams"
    /// It sees streams, but late.
    case lagging
    /// It shows what the process holds; what the application's own maps hold is beyond it.
    case seesProcesses = "sees-only-processes"
    /// It never moved: nothing rests on it.
    case blind
    /// It only grows: a counter, of which nothing can leak.
    case total
    /// Several processes answer by turns, so that a reading is that of one of them.
    case severalProcesses = "several-processes"
    /// It was not calibrated, or moves too much by itself to tell.
    case unproven
}

/// What becomes of state that a gauge still holds once every connection is gone.
public enum LeakClass: String, CaseIterable, Codable, Sendable {
    /// Nothing is left.
    case none
    /// Gone within the settle time.
    case drains
    /// Gone by the server's inactivity timeout.
    case bounded
    /// Gone only when something is published.
    case untilBroadcast = "until-broadcast"
    /// Never gone.
    case permanent

    /// Whether the class counts as a leak: state that outlives the settle time.
    public var isLeak: Bool { self != .none && self != .drains }
}

/// How much a finding weighs.
public enum Severity: String, CaseIterable, Codable, Sendable {
    /// Worth knowing; never fails a run.
    case info
    /// Worth a look; never fails a run.
    case warning
    /// Fails the run.
    case failure
}
