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
