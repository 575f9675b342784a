/// A fall of a gauge that no client can have caused: the server restarted.
struct GaugeJump: Equatable {
    /// When the first value after it was read, in seconds since the run's start.
    var time: Double
    /// The last value before it.
    var before: Double
    /// The first value after it.
    var after: Double
    /// What shows that it was a restart, in words.
    var reason: String
}
