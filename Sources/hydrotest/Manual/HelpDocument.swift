/// The commands and their arguments, as the argument parser tells them to tools.
struct HelpDocument: Decodable {
    /// One command.
    struct Command: Decodable {
        /// Its name.
        let commandName: String
        /// What it does, in a line.
        let abstract: String?
        /// What it does, in detail.
        let discussion: String?
        /// Its arguments; nil for none.
        let arguments: [Argument]?
        /// Its commands; nil for none.
        let subcommands: [Command]?
    }

    /// One argument, option or flag.
    struct Argument: Decodable {
        /// A name of an option or flag.
        struct Name: Decodable {
            /// `long`, `short` or `longWithSingleDash`.
            let kind: String
            /// The name without its dashes.
            let name: String

            /// The name with its dashes.
            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        /// `positional`, `option` or `flag`.
        let kind: String
        /// Whether help shows it.
        let shouldDisplay: Bool
        /// Its names; nil for a positional one.
        let names: [Name]?
        /// What its value is called; nil for none.
        let valueName: String?
        /// What it means; nil where nothing is said.
        let abstract: String?
        /// Its value where none is given; nil for none.
        let defaultValue: String?
    }

    /// The whole tool.
    let command: Command
}
