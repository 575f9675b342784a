import Vocabulary

/// Commands that a run carries out before, during and after its load.
public struct HookOptions: Equatable, Sendable {
    /// One command.
    public struct Hook: Equatable, Sendable {
        /// The program and its arguments.
        public var words: [String]
        /// When it is begun, in ns from the start of the load; nil for one before or after the load.
        public var at: Nanoseconds?

        /// A command from its parts.
        public init(words: [String], at: Nanoseconds? = nil) {
            self.words = words
            self.at = at
        }
    }

    /// Carried out before the server is first contacted; each must succeed.
    public var before: [Hook] = []
    /// Carried out at their moments of the load, in rising order.
    public var during: [Hook] = []
    /// Carried out at the end, whatever happened.
    public var after: [Hook] = []
    /// Starts the server again after `hydrotest fuzz` has ended it: the program and its arguments; nil where none does.
    public var restart: [String]?
    /// How long each may take, in ns.
    public var timeout: Nanoseconds = 30 * .perSecond
    /// The folder that they are carried out in; nil for the run's own.
    public var folder: String?

    /// No command.
    public init() {}

    /// Whether there is none.
    public var isEmpty: Bool { before.isEmpty && during.isEmpty && after.isEmpty }

    /// Replaces the paths of the programs; one that is looked for in `PATH` has none.
    public mutating func resolve(folder: String, _ resolve: (String) -> String) {
        self.folder = folder
        func resolved(_ hooks: [Hook]) -> [Hook] {
            hooks.map { hook in
                var hook = hook
                if let program = hook.words.first, program.contains("/") { hook.words[0] = resolve(program) }
                return hook
            }
        }
        (before, during, after) = (resolved(before), resolved(during), resolved(after))
        restart = restart.flatMap { resolved([Hook(words: $0)]).first?.words }
    }
}

/// Reads `exec:` of a profile.
enum HookReader {
    private static let command = "a program and its arguments, such as [sh, restart.sh]"
    private static let example = "a program and its arguments, such as [sh, start.sh], or a list of those"

    /// Reads the commands before, during and after the load.
    static func read(_ field: Field) -> HookOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { before: [sh, start.sh] }") else { return nil }
        defer { keys.finish() }
        var options = HookOptions()
        keys.read("before", into: &options.before, hooks)
        keys.read("during", into: &options.during, during)
        keys.read("after", into: &options.after, hooks)
        keys.read("restart", into: &options.restart) { CommandReader.words($0, example: Self.command) }
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
        let words = keys.required("run", expected: Self.command)
            .flatMap { CommandReader.words($0, example: Self.command) }
        guard let moment, let words else { return nil }
        return HookOptions.Hook(words: words, at: moment)
    }
}

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
