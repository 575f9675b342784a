import Vocabulary

/// How a drop matrix is made: which cells, and how often each is tried.
public struct MatrixOptions: Equatable, Sendable {
    /// The stages of the matrix, in order; nil for those that the profile's scenarios drop at.
    public var stages: [Stage]?
    /// The manners of the matrix; nil for those that the profile's scenarios drop in.
    public var manners: [Manner]?
    /// How often each cell is tried; the spread of what the tries leave is what its interval comes from.
    public var cycles = 5
    /// Drops of each cycle.
    public var drops = 50
    /// Cycles without a drop, from which each gauge's noise and drift are measured.
    public var idle = 4

    /// Every stage and manner that the profile drops at.
    public init() {}
}

/// Reads `matrix:`.
enum MatrixReader {
    /// Reads how a drop matrix is made.
    static func read(_ field: Field) -> MatrixOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { cycles: 5, drops: 50 }") else { return nil }
        defer { keys.finish() }
        var options = MatrixOptions()
        keys.read("stages", into: &options.stages) { field in
            field.choicesOrAll(Stage.self, expected: "all, or a list of stages, such as [request-sent]")?.sorted()
        }
        keys.read("manners", into: &options.manners) { field in
            field.choicesOrAll(Manner.self, expected: "all, or a list of manners, such as [fin, rst]")
        }
        keys.read("cycles", into: &options.cycles) { $0.wholeNumber(in: ProfileLimits.matrixCycles, example: 5) }
        keys.read("drops", into: &options.drops) { $0.wholeNumber(in: ProfileLimits.matrixDrops, example: 50) }
        keys.read("idle", into: &options.idle) { $0.wholeNumber(in: ProfileLimits.matrixIdle, example: 4) }
        return options
    }
}

extension Field {
    /// The words of a list, each once, or every word for `all`.
    fileprivate func choicesOrAll<Choice: RawRepresentable<String> & CaseIterable & Equatable>(
        _: Choice.Type,
        expected expectation: String
    ) -> [Choice]? {
        if case .scalar("all", _) = node.content { return Array(Choice.allCases) }
        return choices(Choice.self, expected: expectation)?.map(\.choice)
    }
}
