/// Reads a command of a profile.
enum CommandReader {
    /// Reads a program and its arguments.
    static func words(_ field: Field, example: String) -> [String]? {
        guard let items = field.items(limit: ProfileLimits.commandWords, expected: example) else { return nil }
        guard !items.isEmpty else {
            field.reject("an empty list", expected: example)
            return nil
        }
        let words = items.compactMap { item in
            item.text(expected: "a word of the command") { !$0.utf8.contains(0) }
        }
        guard words.count == items.count, let program = words.first else { return nil }
        guard !program.isEmpty else {
            items[0].rejectKind(expected: example)
            return nil
        }
        return words
    }
}
