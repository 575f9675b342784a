/// What is wrong with a replay file.
public struct ReplayError: Error, Equatable, Sendable {
    /// The file's name.
    public var file: String
    /// The line, counted from 1; nil where the file cannot be read at all.
    public var line: Int?
    /// What is wrong, and what would be right.
    public var problem: String
}

extension ReplayError: CustomStringConvertible {
    /// The error as compilers write it: `reset.case:3: "droop" is no step; …`.
    public var description: String { line.map { "\(file):\($0): \(problem)" } ?? "\(file): \(problem)" }
}
