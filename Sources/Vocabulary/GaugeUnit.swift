/// What a gauge counts.
public enum GaugeUnit: String, CaseIterable, Codable, Sendable {
    /// Things that can be counted one by one; a residual of one is a leak of one.
    case count
    /// Memory, which allocators keep; a residual alone is no leak.
    case bytes
    /// What has happened so far, which only grows until the server restarts; nothing of it can leak.
    case total
}
