import EventLoop
import Foundation
import Vocabulary

/// A folder of cases that showed something new, which later runs start from.
struct Corpus {
    private let folder: String?
    private var known: Set<String> = []
    /// Cases that were added.
    private(set) var added = 0

    /// A corpus.
    ///
    /// - Parameter folder: where its cases are; nil for one that keeps none.
    init(folder: String?) { self.folder = folder }

    /// The cases that are there, in the order of their names.
    ///
    /// - Throws: ``ReplayError`` for the first that cannot be read.
    func load() throws(ReplayError) -> [FuzzCase] {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        var cases: [FuzzCase] = []
        for name in names.sorted() where name.hasSuffix(ReplayText.suffix) {
            guard cases.count < FuzzLimits.corpusCases else { break }
            cases.append(try ReplayReader.read(file: "\(folder)/\(name)").test)
        }
        return cases
    }

    /// Keeps a case that showed what none before it has shown.
    ///
    /// - Throws: ``FuzzError/machine(_:)`` where it cannot be written.
    mutating func note(_ test: FuzzCase, _ features: Set<String>, number: UInt64, seed: UInt64) throws(FuzzError) {
        let new = features.subtracting(known)
        guard !new.isEmpty else { return }
        known.formUnion(new)
        guard let folder else { return }
        var replay = Replay(test)
        replay.seed = seed
        replay.number = number
        replay.notes = new.sorted()
        let text = ReplayText.write(replay)
        let name = String(Stamp(topic: ReplayText.steps(test)).topic, radix: 16)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try text.write(toFile: "\(folder)/\(name)\(ReplayText.suffix)", atomically: true, encoding: .utf8)
            added += 1
        } catch {
            throw .machine("cannot write to \"\(folder)\"; name another folder with --corpus")
        }
    }
}

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
