extension Double? {
    /// The number where it is finite.
    var finite: Double? { flatMap { $0.isFinite ? $0 : nil } }
}
