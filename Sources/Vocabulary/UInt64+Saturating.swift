extension UInt64 {
    /// The sum, or the largest number where it would not fit: for a moment, the farthest.
    ///
    /// Records come from files as well; a count in one must not be able to trap its reader.
    @inlinable
    package func saturatingAdding(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// Adds, and stays at the largest number where the sum would not fit.
    @inlinable
    package mutating func saturatingAdd(_ other: UInt64) { self = saturatingAdding(other) }
}
