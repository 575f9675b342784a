import Foundation
import Vocabulary

/// Reads replay files.
public struct ReplayReader {
    private let file: String
    private var replay = Replay(FuzzCase(.state, steps: []))

    /// Reads a file.
    ///
    /// - Throws: ``ReplayError`` with the line that is wrong.
    public static func read(file: String) throws(ReplayError) -> Replay {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ReplayError(file: file, line: nil, problem: "cannot be read: is the path right?")
        }
        guard data.count <= FuzzLimits.replayBytes else {
            throw ReplayError(file: file, line: nil, problem: "is longer than \(FuzzLimits.replayBytes) bytes")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ReplayError(file: file, line: nil, problem: "is not UTF-8; bytes are written as \\xNN")
        }
        return try read(text, file: file)
    }

    /// Reads a text.
    ///
    /// - Parameter file: the file's name, for errors.
    static func read(_ text: String, file: String) throws(ReplayError) -> Replay {
        var reader = ReplayReader(file: file)
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            do throws(ReplayLine.Problem) {
                try reader.read(line, isFirst: number == 1)
            } catch {
                throw ReplayError(file: file, line: number, problem: error.text)
            }
        }
        guard !reader.replay.test.steps.isEmpty else {
            throw ReplayError(file: file, line: number, problem: "there is no step, such as a: open topics=news")
        }
        return reader.replay
    }

    private init(file: String) { self.file = file }

    private mutating func read(_ line: Substring, isFirst: Bool) throws(ReplayLine.Problem) {
        let trimmed = line.trimmingCharacters(in: .whitespaces)
        if isFirst {
            guard trimmed == ReplayText.firstLine else {
                throw ReplayLine.Problem(text: "the first line must be \"\(ReplayText.firstLine)\"")
            }
            return
        }
        guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { return }
        guard let colon = trimmed.firstIndex(of: ":") else {
            throw ReplayLine.Problem(text: "no colon; a step is like a: open topics=news, a heading like kind: state")
        }
        let name = trimmed[..<colon]
        let rest = trimmed[trimmed.index(after: colon)...]
        if name.utf8.count == 1, let letter = name.utf8.first, (0x61...0x7A).contains(letter) {
            guard replay.test.steps.count < FuzzLimits.replaySteps else {
                throw ReplayLine.Problem(text: "more than \(FuzzLimits.replaySteps) steps")
            }
            let words = try ReplayLine.words(rest)
            replay.test.steps.append(Step(Int(letter - 0x61), try StepReader(words).action()))
        } else {
            try heading(String(name), rest.trimmingCharacters(in: .whitespaces))
        }
    }

    private mutating func heading(_ name: String, _ value: String) throws(ReplayLine.Problem) {
        switch name {
        case "finding": replay.finding = try finding(value)
        case "seed": replay.seed = try number(value, in: 0...UInt64.max)
        case "case": replay.number = try number(value, in: 0...UInt64.max)
        case "copies": replay.copies = Int(try number(value, in: 1...1_000))
        case "kind":
            guard let kind = CaseKind(rawValue: value) else { throw .init(text: "kind is wire, state or tls") }
            replay.test.kind = kind
        case "order":
            guard let order = CaseOrder(rawValue: value) else { throw .init(text: "order is sequence or race") }
            replay.test.order = order
        default:
            throw .init(
                text: "\"\(name)\" is no heading: one of finding, seed, case, kind, order, copies, or a client's letter"
            )
        }
    }

    private func finding(_ text: String) throws(ReplayLine.Problem) -> Problem.Key {
        let words = text.split(separator: " ").map(String.init)
        guard let id = words.first, ProblemName.titles.contains(where: { $0.id == id }), words.count <= 2,
            (id == ProblemName.leak) == (words.count == 2)
        else {
            let ids = ProblemName.titles.map(\.id).joined(separator: ", ")
            throw .init(text: "no finding; one of \(ids), of which leak is followed by a gauge")
        }
        return Problem.Key(id: id, gauge: words.count == 2 ? words[1] : "")
    }

    private func number(_ text: String, in range: ClosedRange<UInt64>) throws(ReplayLine.Problem) -> UInt64 {
        guard let number = UInt64(text), range.contains(number) else {
            throw .init(text: "a whole number from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return number
    }
}

/// The words of a line; those between quotation marks are one each.
struct ReplayLine {
    /// One word.
    struct Word: Equatable {
        /// What stands before `=`; nil for a word of its own.
        var name: String?
        /// The text, without quotation marks.
        var text: String
        /// The bytes of a word that stood between quotation marks; nil for others.
        var bytes: [UInt8]?
    }

    /// Takes a line apart.
    ///
    /// - Throws: ``Problem`` with what is wrong, in words.
    static func words(_ line: Substring) throws(Problem) -> [Word] {
        var words: [Word] = []
        var rest = line[...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard let first = rest.first else { return words }
            if first == "\"" {
                let bytes = try quoted(&rest)
                words.append(Word(name: nil, text: String(decoding: bytes, as: UTF8.self), bytes: bytes))
                continue
            }
            let plain = rest.prefix { $0 != " " && $0 != "\t" && $0 != "\"" }
            rest = rest.dropFirst(plain.count)
            guard plain.hasSuffix("="), rest.first == "\"" else {
                words.append(word(plain))
                continue
            }
            let bytes = try quoted(&rest)
            words.append(
                Word(name: String(plain.dropLast()), text: String(decoding: bytes, as: UTF8.self), bytes: bytes)
            )
        }
    }

    /// What is wrong with a line.
    struct Problem: Error {
        let text: String
    }

    private static func word(_ text: Substring) -> Word {
        // A topic may hold the sign; what comes before a name's is letters.
        guard let sign = text.firstIndex(of: "="), text[..<sign].allSatisfy({ $0.isASCII && $0.isLetter }),
            ["topics", "resume", "channel", "until", "stop", "pieces", "size", "times"].contains(String(text[..<sign]))
        else { return Word(name: nil, text: String(text), bytes: nil) }
        return Word(name: String(text[..<sign]), text: String(text[text.index(after: sign)...]), bytes: nil)
    }

    private static func quoted(_ rest: inout Substring) throws(Problem) -> [UInt8] {
        let body = rest.utf8.dropFirst()
        var end = body.startIndex
        while end < body.endIndex, body[end] != UInt8(ascii: "\"") {
            end = body.index(after: end)
            if body[body.index(before: end)] == UInt8(ascii: "\\"), end < body.endIndex { end = body.index(after: end) }
        }
        guard end < body.endIndex else { throw Problem(text: "a quotation mark is not closed") }
        guard let bytes = EscapedBytes.parse(Substring(body[..<end])) else {
            throw Problem(text: "an escape is none of \\n \\r \\t \\\" \\\\ \\xNN")
        }
        rest = rest[body.index(after: end)...]
        return bytes
    }
}

/// What is wrong with a replay file.
public struct ReplayError: Error, Equatable, Sendable {
    /// The file's name.
    public var file: String
    /// The line, counted from 1; nil where the file cannot be read at all.
    public var line: Int?
    /// What is wrong, and what would be right.
    public var problem: String
}

extension ReplayError: CustomStringConvertible {
    /// The error as compilers write it: `reset.case:3: "droop" is no step; …`.
    public var description: String { line.map { "\(file):\($0): \(problem)" } ?? "\(file): \(problem)" }
}
