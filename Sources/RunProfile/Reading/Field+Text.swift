import Vocabulary

extension Field {
    /// The value as text, with `${NAME}` filled in.
    ///
    /// - Parameter kept: names that stay as they are, `${seq}`.
    /// - Returns: nil, and an error reported, where it is no text or a variable is missing.
    func text(expected expectation: String, keeping kept: Set<String> = []) -> String? {
        guard !node.isNull, case .scalar(let written, _) = node.content else {
            rejectKind(expected: expectation)
            return nil
        }
        do {
            return try EnvironmentText.expand(written, environment: context.environment, keeping: kept)
        } catch {
            switch error {
            case .missing(let name):
                reject(
                    "the environment has no variable \(Quotation.quote(name))",
                    expected: "export \(name)=… before the run"
                )
            case .malformed(let name):
                reject(
                    "no variable's name: \(Quotation.quote(name))",
                    expected: "${NAME}, or $${ for the characters ${"
                )
            case .tooLong:
                reject("too long with its variables filled in", expected: "at most \(ProfileLimits.textBytes) bytes")
            }
            return nil
        }
    }

    /// Text that passes a check; the error shows it as written, since a variable may hold a secret.
    func text(expected expectation: String, where isValid: (String) -> Bool) -> String? {
        guard let text = text(expected: expectation) else { return nil }
        guard isValid(text) else {
            rejectKind(expected: expectation)
            return nil
        }
        return text
    }

    /// A name: text without control characters.
    func name() -> String? {
        let limit = ProfileLimits.nameLength
        return text(expected: "a name of 1 to \(limit) characters, on one line") { text in
            text.contains { !$0.isWhitespace } && text.count <= limit && !text.unicodeScalars.contains(where: isControl)
        }
    }

    /// `true` or `false`.
    func flag() -> Bool? {
        guard let text = text(expected: "true or false") else { return nil }
        if text == "true" { return true }
        if text == "false" { return false }
        rejectKind(expected: "true or false")
        return nil
    }

    /// One of a set of words.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type = Choice.self) -> Choice? {
        let words = Choice.allCases.map(\.rawValue)
        let expectation = words.count == 2 ? "\(words[0]) or \(words[1])" : "one of \(words.joined(separator: ", "))"
        guard let text = text(expected: expectation) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        reject("found \(node.kind)", expected: expectation, nearest: NearestName.find(text, among: words))
        return nil
    }

    /// A list of words of a set, each once.
    ///
    /// - Returns: the words with the fields they were read from; nil, and an error reported, where one is wrong.
    func choices<Choice: RawRepresentable<String> & CaseIterable & Equatable>(
        _: Choice.Type = Choice.self,
        expected expectation: String
    ) -> [(choice: Choice, field: Field)]? {
        // A list that says a word twice is longer, but by how much is none of this limit's business.
        guard let items = items(limit: 2 * Choice.allCases.count, expected: expectation) else { return nil }
        guard !items.isEmpty else {
            reject("an empty list", expected: expectation)
            return nil
        }
        var choices: [(choice: Choice, field: Field)] = []
        var complete = true
        for item in items {
            guard let choice: Choice = item.choice() else {
                complete = false
                continue
            }
            if choices.contains(where: { $0.choice == choice }) {
                item.reject("\(choice.rawValue) is in the list twice", expected: "each once")
                complete = false
            } else {
                choices.append((choice, item))
            }
        }
        return complete ? choices : nil
    }

    private func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}

/// Reads a JSON Pointer.
enum JSONPointerReader {
    /// Reads text that leads to a value in a JSON document (RFC 6901, 3).
    static func read(_ field: Field) -> String? {
        field.text(expected: "a JSON Pointer (RFC 6901), such as /clients") { text in
            text.utf8.count <= ProfileLimits.addressBytes && (text.isEmpty || text.hasPrefix("/"))
                && text.split(separator: "~", omittingEmptySubsequences: false).dropFirst()
                    .allSatisfy { $0.hasPrefix("0") || $0.hasPrefix("1") }
        }
    }
}

/// Text with `${NAME}` in it, filled in from the environment; `$${` stands for `${`.
enum EnvironmentText {
    /// Why a text cannot be filled in.
    enum Problem: Error, Equatable {
        /// The environment has no variable of that name.
        case missing(String)
        /// What stands between the braces is no name.
        case malformed(String)
        /// The filled-in text exceeds ``ProfileLimits/textBytes``.
        case tooLong
    }

    /// Fills in a text.
    ///
    /// - Parameter kept: names that stay as they are, since they stand for something else.
    /// - Throws: ``Problem`` for the first variable that cannot be had.
    static func expand(
        _ text: String,
        environment: [String: String],
        keeping kept: Set<String> = []
    ) throws(Problem) -> String {
        guard text.contains("${") else { return text }
        var result = ""
        var bytes = 0
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            var piece = String(rest[..<dollar])
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                piece += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                let name = rest.dropFirst(2).prefix { $0 != "}" }
                guard name.endIndex < rest.endIndex, isName(name) else { throw .malformed(String(name)) }
                if kept.contains(String(name)) {
                    piece += "${\(name)}"
                } else {
                    guard let value = environment[String(name)] else { throw .missing(String(name)) }
                    piece += value
                }
                rest = rest[name.endIndex...].dropFirst()
            } else {
                piece += "$"
                rest = rest.dropFirst()
            }
            bytes += piece.utf8.count
            guard bytes <= ProfileLimits.textBytes else { throw .tooLong }
            result += piece
        }
        return result + rest
    }

    /// Whether a text is a variable's name (POSIX.1-2024, XBD 8.1).
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}

extension StringProtocol {
    /// The text without spaces at its ends.
    var trimmingSpaces: String {
        var rest = self[...]
        while rest.first == " " { rest = rest.dropFirst() }
        while rest.last == " " { rest = rest.dropLast() }
        return String(rest)
    }
}
