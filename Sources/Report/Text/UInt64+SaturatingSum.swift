extension UInt64 {
    /// The sum, or the largest number where it is larger: counts come from files too.
    func saturatingSum(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
