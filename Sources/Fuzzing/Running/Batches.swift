/// Carries out cases and asks the oracles; what narrows and shrinks cases is tried on made-up ones.
protocol Batches: AnyObject {
    /// Carries cases out, many at once, and looks what they did.
    ///
    /// - Parameter isQuick: whether gauges are given little time, because only a known leak is looked for.
    func run(_ cases: [FuzzCase], isQuick: Bool) throws(FuzzError) -> BatchResult
}
