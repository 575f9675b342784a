/// A chapter of cases.
public struct ConformanceSection: Sendable {
    /// The number.
    public let number: Int
    /// A few words.
    public let title: String
    /// The cases, numbered from 1.
    public let cases: [ConformanceCase]

    /// A section from its parts.
    init(_ number: Int, _ title: String, _ cases: [ConformanceCase]) {
        self.number = number
        self.title = title
        self.cases = cases
    }
}
