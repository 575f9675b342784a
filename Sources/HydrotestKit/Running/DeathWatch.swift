import Record

/// Looks whether the server's process still is: the bundled server, or one that a probe reads.
struct DeathWatch {
    private let watch: GaugeWatch
    private let reference: ReferenceProcess?

    /// A watch over the processes of a run.
    init(_ watch: GaugeWatch, reference: ReferenceProcess?) {
        self.watch = watch
        self.reference = reference
    }

    /// The server's death; nil while it lives, or where nobody can tell.
    ///
    /// - Parameter now: seconds since the run's start.
    func death(now: Double) -> ServerDeath? {
        if let end = reference?.end { return ServerDeath(time: now, probe: nil, end: end) }
        return watch.ended.map { ServerDeath(time: $0.time, probe: $0.probe) }
    }
}
