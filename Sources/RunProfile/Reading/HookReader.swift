import Vocabulary

/// Reads `exec:` of a profile.
enum HookReader {
    private static let example = "a program and its arguments, such as [sh, start.sh], or a list of those"

    /// Reads the commands before, during and after the load.
    static func read(_ field: Field) -> HookOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { before: [sh, start.sh] }") else { return nil }
        defer { keys.finish() }
        var options = HookOptions()
        keys.read("before", into: &options.before, hooks)
        keys.read("during", into: &options.during, during)
        keys.read("after", into: &options.after, hooks)
        keys.read("timeout", into: &options.timeout) {
            $0.duration(in: .perMillisecond...ProfileLimits.longestWait, example: "30s")
        }
        return options
    }

    /// One command, or a list of them.
    private static func hooks(_ field: Field) -> [HookOptions.Hook]? {
        guard let items = field.items(limit: ProfileLimits.commandWords, expected: example) else { return nil }
        guard case .sequence = items.first?.node.content else {
            return CommandReader.words(field, example: example).map { [HookOptions.Hook(words: $0)] }
        }
        guard let commands = field.items(limit: ProfileLimits.hooks, expected: example) else { return nil }
        let read = commands.compactMap { CommandReader.words($0, example: example) }
        return read.count == commands.count ? read.map { HookOptions.Hook(words: $0) } : nil
    }

    private static func during(_ field: Field) -> [HookOptions.Hook]? {
        let expectation = "a list, such as [{ at: 10s, run: [sh, restart.sh] }]"
        guard let items = field.items(limit: ProfileLimits.hooks, expected: expectation) else { return nil }
        let read = items.compactMap(timed)
        return read.count == items.count ? read.sorted { $0.at ?? 0 < $1.at ?? 0 } : nil
    }

    private static func timed(_ field: Field) -> HookOptions.Hook? {
        let example = "a map, such as { at: 10s, run: [sh, restart.sh] }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let moment = keys.required("at", expected: "a moment of the load, such as 10s")?
            .duration(in: 0...ProfileLimits.longestRun, example: "10s")
        let words = keys.required("run", expected: "a program and its arguments, such as [sh, restart.sh]")
            .flatMap { CommandReader.words($0, example: "a program and its arguments, such as [sh, restart.sh]") }
        guard let moment, let words else { return nil }
        return HookOptions.Hook(words: words, at: moment)
    }
}
