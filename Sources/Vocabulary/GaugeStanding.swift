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
