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

    /// A finding that no case shows.
    static func unrepeated(_ key: Problem.Key, _ times: Int) -> Finding {
        let seen = times == 1 ? "seen once" : "seen \(times) times"
        return Finding(
            id: key.id,
            severity: .warning,
            title: title(key),
            evidence: ["\(seen), and not again when the cases of its batch were repeated"]
        )
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
