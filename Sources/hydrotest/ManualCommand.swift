import ArgumentParser
import Foundation
import HydrotestKit

/// `hydrotest manual`: the manual page.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page, for man.",
        discussion: """
            It is made of what every command's --help says.

            Exit codes: 0 printed; 64 bad usage.

            Example: hydrotest manual > hydrotest.1
            """
    )

    func run() throws {
        let help: HelpDocument
        do {
            help = try JSONDecoder().decode(HelpDocument.self, from: Data(Hydrotest._dumpHelp().utf8))
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "the manual cannot be made: \(error)")
        }
        let date = DateFormatter()
        date.locale = Locale(identifier: "en_US_POSIX")
        date.dateFormat = "MMMM d, yyyy"
        Output.line(ManualPage(help, date: date.string(from: Date())).text)
    }
}

/// The manual page of the commands (mdoc(7)).
struct ManualPage {
    private var lines: [String] = []

    /// The page's text.
    var text: String { lines.joined(separator: "\n") }

    /// The page of a tool.
    ///
    /// - Parameter date: the page's date, in the form that mdoc(7) wants: `November 25, 2026`.
    init(_ help: HelpDocument, date: String) {
        let tool = help.command
        lines = [".Dd \(date)", ".Dt \(tool.commandName.uppercased()) 1", ".Os", ".Sh NAME", ".Nm \(tool.commandName)"]
        lines += [".Nd \(Self.escape((tool.abstract ?? "").lowercasedFirst))", ".Sh SYNOPSIS"]
        lines += [".Nm", ".Ar command", ".Op Ar options", ".Sh DESCRIPTION"]
        add(discussion: tool.discussion)
        lines.append(".Sh COMMANDS")
        for command in tool.subcommands ?? [] where command.commandName != "help" {
            add(command, of: tool.commandName)
        }
    }

    private mutating func add(_ command: HelpDocument.Command, of tool: String) {
        lines.append(".Ss \(tool) \(command.commandName)")
        if let abstract = command.abstract { lines.append(Self.escape(abstract)) }
        if command.discussion != nil { lines.append(".Pp") }
        add(discussion: command.discussion)
        // Every command shows its help.
        let arguments = (command.arguments ?? []).filter { argument in
            argument.shouldDisplay && argument.names?.contains { ["help", "version"].contains($0.name) } != true
        }
        guard !arguments.isEmpty else { return }
        lines.append(".Bl -tag -width Ds")
        for argument in arguments { add(argument) }
        lines.append(".El")
    }

    private mutating func add(_ argument: HelpDocument.Argument) {
        let value = argument.valueName.map { "Ar \"\(Self.escape($0))\"" } ?? ""
        if argument.kind == "positional" {
            lines.append(".It \(value)")
        } else {
            let names = (argument.names ?? []).map { "Fl \(Self.escape(String($0.text.dropFirst())))" }
            let tail = argument.kind == "option" ? " \(value)" : ""
            lines.append(".It \(names.joined(separator: " , "))\(tail)")
        }
        let fallback = argument.kind == "option" ? argument.defaultValue.map { " (default: \($0))" } ?? "" : ""
        lines += Self.sentences((argument.abstract ?? "") + fallback)
    }

    /// Paragraphs, with each example on a line that can be copied.
    private mutating func add(discussion: String?) {
        var continues = false
        for line in (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { $0 == " " }
            let label = ["Example: ", "Examples: "].first { text.hasPrefix($0) }
            let command = text.dropFirst(label?.count ?? 0)
            if command.hasPrefix("hydrotest ") || continues {
                // A display begins a paragraph itself.
                if lines.last == ".Pp" { lines.removeLast() }
                lines += continues ? [] : [".Bd -literal -offset indent"]
                continues = command.hasSuffix("\\")
                lines += [Self.escape(String(command))] + (continues ? [] : [".Ed"])
            } else {
                lines += text.isEmpty ? [".Pp"] : Self.sentences(String(text))
            }
        }
    }

    /// Text with each sentence on a line of its own, as mdoc(7) wants it.
    private static func sentences(_ text: String) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            lines[lines.count - 1] += (lines.last == "" ? "" : " ") + word
            if word.hasSuffix(".") { lines.append("") }
        }
        return lines.filter { !$0.isEmpty }.map(escape)
    }

    /// Text that roff(7) takes for nothing but text.
    private static func escape(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq")
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
}

extension String {
    /// The text with a small first letter.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

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
