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
    }
}
