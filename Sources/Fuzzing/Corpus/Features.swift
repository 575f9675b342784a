import EventLoop
import Vocabulary

/// What is remarkable about an outcome, in words that are the same whenever the same happens.
enum Features {
    /// Durations, in ns, past which an exchange counts as slow: one class each.
    private static let slow: [Nanoseconds] = [250 * .perMillisecond, 1 * .perSecond, 3 * .perSecond]

    /// The features of an outcome; those of problems are told apart from what just is new.
    static func of(_ outcome: CaseOutcome, _ test: FuzzCase) -> Set<String> {
        var features: Set<String> = []
        let kind = test.kind.rawValue
        for seen in outcome.observations {
            for status in seen.statuses { features.insert("\(kind) status \(status)") }
            if seen.statuses.count > 1 { features.insert("\(kind) responses \(min(seen.statuses.count, 4))") }
            if seen.events > 0 { features.insert("\(kind) events") }
            if let end = seen.end { features.insert("\(kind) end \(end) after \(seen.statuses.last ?? 0)") }
            if seen.bytes > 0, seen.statuses.isEmpty { features.insert("\(kind) bytes without a response") }
        }
        for name in outcome.failures { features.insert("\(kind) failure \(name)") }
        for problem in CaseOracle.problems(in: outcome) { features.insert("\(kind) problem \(problem.key.text)") }
        let classes = slow.filter { outcome.duration > $0 }.count
        if classes > 0 { features.insert("\(kind) slow \(classes)") }
        return features
    }
}
