import Vocabulary

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
