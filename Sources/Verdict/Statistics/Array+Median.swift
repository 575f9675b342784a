extension [Double] {
    /// The middle of sorted numbers, or the mean of the two in the middle; nil where there are none.
    var median: Double? {
        guard !isEmpty else { return nil }
        let middle = count / 2
        return count.isMultiple(of: 2) ? (self[middle - 1] + self[middle]) / 2 : self[middle]
    }
}
