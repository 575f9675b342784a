import Record
import Vocabulary

extension FindingRules {
    private static let limitPrefix = "LIMIT_"

    /// Errors other than limits, and what they look like together.
    var errors: Finding? {
        let counts = record.load.errors.filter { $0.value > 0 && !$0.key.hasPrefix(Self.limitPrefix) }
        guard let first = Self.sorted(counts).first else { return nil }
        let connections = record.load.connections
        let attempted = Wording.count(connections.attempted, "connection")
        let sum = counts.values.reduce(0 as UInt64) { $0.saturatingAdding($1) }
        let pattern = errorPatterns.first { $0.name == first.key }
        return finding(
            .errors,
            .warning,
            Wording.count(sum, "error") + (counts.count > 1 ? ", most of them " : ": ")
                + (pattern?.sentence ?? first.key),
            errorLines(counts) + ["Failed: \(Wording.number(connections.failed)) of \(attempted)."]
        )
    }

    /// What the errors look like together.
    var errorPatterns: [ErrorPattern] { ErrorPattern.find(in: record.load, start: loadStart) }

    /// When the load began, in seconds since the run's start.
    private var loadStart: Double { record.phases.first { $0.name == .load }?.start ?? 0 }

    /// The patterns, then each name with its face, the biggest first.
    func errorLines(_ counts: [String: UInt64]) -> [String] {
        guard let faces = record.load.errorFaces else { return listed(counts) }
        let patterns = errorPatterns.filter { counts[$0.name] != nil }.map(\.sentence)
        let sorted = Self.sorted(counts)
        let lines = sorted.prefix(VerdictLimits.errorNames).flatMap { name, count in
            guard let face = faces.face(of: name) else { return ["\(name): \(Wording.number(count))"] }
            return line(face) + answer(face)
        }
        let left = sorted.count - min(sorted.count, VerdictLimits.errorNames)
        return patterns + lines + (left > 0 ? ["\(Wording.count(UInt64(left), "more name")) left out."] : [])
    }

    private func line(_ face: ErrorFace) -> [String] {
        let attempted = record.load.connections.attempted
        var words = "\(face.name): \(Wording.number(face.count))"
        if attempted > 0 {
            words += " of \(Wording.count(attempted, "connection"))"
            words += " (\(NumberText.threeDigits(Double(face.count) / Double(attempted) * 100))%)"
        }
        if let stage = face.stages.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
            let share = face.stages.count > 1 ? "\(Wording.number(stage.value)) of them " : ""
            words += ", \(share)past \(stage.key.rawValue)"
        }
        if let half = face.age.value(atPercentile: 50) {
            let (middle, most) = (DurationText.format(half), DurationText.format(face.age.largest))
            words += ", \(middle) after the start" + (middle == most ? "" : " (half of them), \(most) at most")
        }
        let (first, last) = (
            NumberText.threeDigits(loadStart + face.first), NumberText.threeDigits(loadStart + face.last)
        )
        words += first == last ? ", at \(first) s of the run" : ", from \(first) s to \(last) s of the run"
        return [words + "."]
    }

    private func answer(_ face: ErrorFace) -> [String] {
        guard let answer = face.answer else { return [] }
        let parts = [answer.statusLine, answer.body.map { "\"\($0)\"" }].compactMap(\.self)
        return parts.isEmpty ? [] : ["\(face.name) was answered with: \(parts.joined(separator: " "))"]
    }
}
