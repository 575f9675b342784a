import Record

/// Readings of a probe that failed for one reason.
struct ProbeFailure {
    /// The name of a reading that was left out because the one before still lasted.
    static let busy = "PROBE_BUSY"

    /// The reason's name.
    let name: String
    /// The gauges whose readings failed for it.
    let gauges: [String]
    /// How often the one of them failed that failed most.
    let count: UInt64
    /// When first, in seconds since the run's start; nil where the record does not tell.
    let first: Double?

    /// The readings of a probe's gauges that failed for a reason.
    init(name: String, of gauges: [GaugeRecord]) {
        let failed = gauges.filter { ($0.gaps[name] ?? 0) > 0 }
        self.name = name
        self.gauges = failed.map(\.gauge)
        count = failed.map { $0.gaps[name] ?? 0 }.max() ?? 0
        first = failed.compactMap { $0.firstGaps?[name] }.min()
    }

    /// Whether nothing failed but the probe's pace.
    var isBusy: Bool { name == Self.busy }

    /// What is told first: failures before slowness, then the most frequent.
    var weight: (Int, UInt64, String) { (isBusy ? 0 : 1, count, name) }
}
