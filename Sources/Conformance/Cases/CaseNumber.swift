/// The number of a case: `3.2`; of a whole section: `3`.
public struct CaseNumber: Hashable, Sendable {
    /// The section.
    public let section: Int
    /// The case within it; nil for all of them.
    public let number: Int?

    /// A number from its parts.
    public init(section: Int, number: Int?) {
        self.section = section
        self.number = number
    }

    /// Reads `3.2` or `3`.
    ///
    /// - Returns: nil where the text is neither.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.allSatisfy(\.isWholeNumber) }) else { return nil }
        guard let section = Int(parts[0]) else { return nil }
        if parts.count == 2, Int(parts[1]) == nil { return nil }
        self.init(section: section, number: parts.count == 2 ? Int(parts[1]) : nil)
    }

    /// Whether a case is meant by this number.
    func covers(_ other: CaseNumber) -> Bool {
        section == other.section && (number == nil || number == other.number)
    }
}

extension CaseNumber: CustomStringConvertible {
    /// The number as it is typed.
    public var description: String { number.map { "\(section).\($0)" } ?? "\(section)" }
}
