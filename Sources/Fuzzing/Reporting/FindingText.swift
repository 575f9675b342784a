import Verdict
import Vocabulary

/// What was found, in words.
enum FindingText {
    /// A finding that a case shows.
    static func finding(
        _ key: Problem.Key,
        _ evidence: [String],
        _ replay: Replay,
        _ others: Set<Problem.Key>
    ) -> Finding {
        var sentences = evidence
        if replay.copies > 1 { sentences.append("it takes \(replay.copies) copies of the case at once") }
        if !others.isEmpty {
            sentences.append("the case also shows: \(others.map(\.text).sorted().joined(separator: ", "))")
        }
        return Finding(id: key.id, severity: .failure, title: title(key), evidence: sentences)
    }

    /// A finding that no case shows: a failure where the server went, or where it was seen too often to be chance.
    ///
    /// - Parameters:
    ///   - times: how often it was seen.
    ///   - end: how the server went; nil where it did not.
    ///   - folder: where the cases lie that may have ended it.
    static func unrepeated(
        _ key: Problem.Key,
        _ times: Int,
        _ end: ServerEnd? = nil,
        folder: String? = nil
    ) -> Finding {
        let seen = times == 1 ? "seen once" : "seen \(times) times"
        var evidence = end?.problem.evidence ?? []
        if let absence = end?.absence {
            evidence.append("\(seen), and not tried again: \(absence)")
        } else {
            evidence.append("\(seen), and not again when the cases of its batch were repeated")
        }
        if let folder, let end {
            let count = min(end.suspects.count, FuzzLimits.writtenSuspects)
            evidence.append("the last \(count == 1 ? "case" : "\(count) cases") before it: \(folder)")
        }
        let fails = key.isFatal || times >= FuzzLimits.sightings
        return Finding(id: key.id, severity: fails ? .failure : .warning, title: title(key), evidence: evidence)
    }

    private static func title(_ key: Problem.Key) -> String {
        let title = ProblemName.titles.first { $0.id == key.id }?.title ?? key.id
        return key.gauge.isEmpty ? title : "\(title): \(key.gauge)"
    }

    /// A finding in a line.
    static func line(_ finding: FuzzFinding) -> String {
        let seconds = NumberText.threeDigits(finding.seconds)
        let place = finding.file.map { ": \($0)" } ?? ""
        return "\(finding.finding.id) after \(seconds) s, in \(steps(finding.steps.count))\(place)"
    }

    private static func steps(_ count: Int) -> String { count == 1 ? "1 step" : "\(count) steps" }
}
