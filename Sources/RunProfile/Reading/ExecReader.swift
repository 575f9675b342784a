/// Reads `exec:`.
enum ExecReader {
    /// Reads the commands of a run.
    static func read(_ field: Field) -> ExecOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { restart: [systemctl, restart, events] }")
        else {
            return nil
        }
        defer { keys.finish() }
        var options = ExecOptions()
        keys.read("restart", into: &options.restart) { CommandReader.read($0, example: "[systemctl, restart, events]") }
        return options
    }
}
