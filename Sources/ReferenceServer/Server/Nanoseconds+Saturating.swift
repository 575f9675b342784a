import Vocabulary

extension Nanoseconds {
    /// The sum, or the farthest moment where it lies beyond all moments.
    func addingSaturated(_ other: Nanoseconds) -> Nanoseconds {
        let (sum, isPastAll) = addingReportingOverflow(other)
        return isPastAll ? .max : sum
    }
}
