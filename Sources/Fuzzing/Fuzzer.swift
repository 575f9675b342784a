import EventLoop
import Foundation
import Verdict
import Vocabulary

/// Fuzzes a server: batches of cases, the oracles after each, and for what they see the one small case that shows it.
public final class Fuzzer {
    /// How often a problem that no case repeats is looked into each time; then only each time its count doubles.
    private static let unrepeatedTries = 3

    private let options: FuzzOptions
    private let runner: BatchRunner
    private let generator: CaseGenerator
    private let isInterrupted: () -> Bool
    private var corpus: Corpus
    private var summary: FuzzSummary
    /// Problems that are looked into no more.
    private var known: Set<Problem.Key> = []
    /// Those of them that a case shows.
    private var found: Set<Problem.Key> = []
    /// How often each problem was seen that no case has repeated so far.
    private var unrepeated: [Problem.Key: Int] = [:]
    /// How the server went, for each way that no case has repeated so far.
    private var ends: [Problem.Key: ServerEnd] = [:]
    /// Whether the server has come back from each of its ends.
    private var isThere = true
    private var next: UInt64 = 0
    private let startedAt: Nanoseconds
    /// Takes a line about what goes on.
    public var show: (String) -> Void = { _ in }
    /// Takes a line that stays.
    public var say: (String) -> Void = { _ in }

    /// Looks whether the server is well, and what it is like with nobody there.
    ///
    /// - Parameters:
    ///   - target: the server.
    ///   - name: how the command line names it.
    ///   - isInterrupted: whether a signal has come.
    /// - Throws: ``FuzzError``, and ``ReplayError`` for a corpus that cannot be read.
    public init(
        _ target: any FuzzTarget,
        name: String,
        options: FuzzOptions,
        isInterrupted: @escaping () -> Bool
    ) throws {
        self.options = options
        self.isInterrupted = isInterrupted
        corpus = Corpus(folder: options.corpus)
        let cases = try corpus.load()
        runner = try BatchRunner(target, concurrency: options.concurrency, isInterrupted: isInterrupted)
        generator = CaseGenerator(seed: options.seed, only: options.only, server: target.server, corpus: cases)
        summary = FuzzSummary(seed: options.seed, target: name)
        summary.gauges = runner.gaugeNames
        summary.proven = runner.proven
        startedAt = MonotonicClock.now()
    }

    /// Fuzzes until a bound is reached.
    ///
    /// - Throws: ``FuzzError`` where the server does not come back.
    public func run() throws(FuzzError) -> FuzzSummary {
        while !isOver {
            let numbers = Array(next..<next + UInt64(batchSize))
            let cases = numbers.map(generator.make)
            let began = MonotonicClock.now()
            let result = try runner.run(cases, look: .passing)
            summary.seconds += (MonotonicClock.now() - began).inSeconds
            // Those that the server's end has kept from being carried out have their turn again.
            next += UInt64(result.begun)
            try note(result, cases, first: numbers.first ?? 0)
            try investigate(result, Array(cases.prefix(result.begun)), first: numbers.first ?? 0)
        }
        // The last cases' timers are still to fire.
        if isThere, !isInterrupted(), let end = try runner.keepVigil() { try investigate(end) }
        summary.totalSeconds = elapsed
        summary.corpusAdded = corpus.added
        summary.interrupted = isInterrupted()
        if let finding = FindingText.notWatched(summary.proven) {
            summary.findings.append(FuzzFinding(finding: finding, steps: [], seconds: elapsed))
        }
        for (key, times) in unrepeated.sorted(by: { $0.key.text < $1.key.text }) where !found.contains(key) {
            let finding = FindingText.unrepeated(key, times, ends[key], folder: writeSuspects(key))
            summary.findings.append(FuzzFinding(finding: finding, steps: [], seconds: elapsed))
        }
        return summary
    }

    private var elapsed: Double { (MonotonicClock.now() - startedAt).inSeconds }

    private var isOver: Bool {
        if isInterrupted() || !isThere { return true }
        if let time = options.time, elapsed >= time.inSeconds { return true }
        if let cases = options.cases, next >= cases { return true }
        return options.findings.map { summary.findings.count >= $0 } ?? false
    }

    private var batchSize: Int {
        min(FuzzLimits.batch, Int(clamping: (options.cases ?? .max) - next))
    }

    private func note(_ result: BatchResult, _ cases: [FuzzCase], first: UInt64) throws(FuzzError) {
        for outcome in result.outcomes {
            let test = cases[outcome.index]
            if !outcome.isCutShort { summary.cases[test.kind, default: 0] += 1 }
            let features = Features.of(outcome, test)
            try corpus.note(test, features, number: first + UInt64(outcome.index), seed: options.seed)
        }
        let rate = NumberText.grouped(Int(summary.rate))
        let found = summary.findings.count
        show("\(NumberText.grouped(Int(summary.total))) cases, \(rate)/s, \(found == 0 ? "nothing" : "\(found)") found")
    }

    /// Finds out which case did what the oracles saw.
    private func investigate(_ result: BatchResult, _ cases: [FuzzCase], first: UInt64) throws(FuzzError) {
        var problems: [Problem] = []
        for problem in result.problems where !known.contains(problem.key) {
            if !problems.contains(where: { $0.key == problem.key }) { problems.append(problem) }
        }
        if let end = result.end { note(end) }
        _ = runner.takeEnd()
        for problem in problems where !known.contains(problem.key) {
            guard isLookedInto(problem.key), isThere, !isInterrupted() else { continue }
            // What ends a server may be over for as long as a timer takes.
            let suspects = problem.key.isFatal ? result.end?.suspects ?? cases : cases
            try lookInto(problem, suspects, cases, first: first)
            if let end = runner.takeEnd() { try lookIntoEnd(end, beside: problem.key) }
        }
    }

    /// Looks into an end of the server that was met while another problem was looked into, or after the last batch.
    private func investigate(_ end: ServerEnd) throws(FuzzError) {
        note(end)
        _ = runner.takeEnd()
        guard !known.contains(end.problem.key), isLookedInto(end.problem.key), isThere, !isInterrupted() else { return }
        try lookInto(end.problem, end.suspects, [], first: next)
        if let last = runner.takeEnd() { note(last) }
    }

    private func lookIntoEnd(_ end: ServerEnd, beside key: Problem.Key) throws(FuzzError) {
        if end.problem.key == key { return note(end) }
        try investigate(end)
    }

    private func note(_ end: ServerEnd) {
        if end.absence != nil { isThere = false }
        // The first has suspects of a whole batch; what is tried again later has fewer.
        if ends[end.problem.key] == nil || end.absence != nil, !end.suspects.isEmpty { ends[end.problem.key] = end }
    }

    /// Looks for the case that does something, and makes it small.
    private func lookInto(
        _ problem: Problem,
        _ suspects: [FuzzCase],
        _ cases: [FuzzCase],
        first: UInt64
    ) throws(FuzzError) {
        show("\(problem.key.text): looking for the case that does it")
        guard let culprit = try Culprit(batches: runner).find(problem, in: suspects) else { return }
        let number = cases.firstIndex(of: culprit.test).map { first + UInt64($0) }
        show("\(problem.key.text): making the case smaller")
        var evidence = culprit.evidence
        var others: Set<Problem.Key> = []
        let deadline = MonotonicClock.now() + FuzzLimits.shrinkTime
        let shrinker = Shrinker(deadline: deadline) { [unowned self] test throws(FuzzError) in
            guard isThere else { return false }
            let cases = [FuzzCase](repeating: test, count: culprit.copies)
            let result = try runner.run(cases, look: .again(problem.key))
            if let end = result.end { note(end) }
            guard let seen = result.problems.first(where: { $0.key == problem.key }) else { return false }
            evidence = seen.evidence
            others = Set(result.problems.map(\.key)).subtracting([problem.key])
            return true
        }
        var replay = Replay(try shrinker.shrink(culprit.test))
        replay.finding = problem.key
        replay.copies = culprit.copies
        replay.seed = options.seed
        replay.number = number
        try corpus.note(
            replay.test,
            ["problem \(problem.key.text)"],
            number: number ?? first,
            seed: options.seed
        )
        report(problem.key, evidence, replay, others)
    }

    /// Counts a problem, and says whether the case that does it is looked for: a rare race is not given up, but what it
    /// costs to look for it stays a small part of the run.
    private func isLookedInto(_ key: Problem.Key) -> Bool {
        let times = unrepeated[key, default: 0] + 1
        unrepeated[key] = times
        return times <= Self.unrepeatedTries || times.nonzeroBitCount == 1
    }

    private func report(_ key: Problem.Key, _ evidence: [String], _ replay: Replay, _ others: Set<Problem.Key>) {
        // What the same case does beside has the same cause.
        found.formUnion(others.union([key]))
        known.formUnion(found)
        let finding = FuzzFinding(
            finding: FindingText.finding(key, evidence, replay, others),
            file: write(replay, key),
            number: replay.number,
            steps: ReplayText.steps(replay.test).split(separator: "\n").map(String.init),
            seconds: elapsed
        )
        summary.findings.append(finding)
        say(FindingText.line(finding))
    }

    /// Writes the cases that may have ended the server, where none was found to do it alone.
    ///
    /// - Returns: their folder; nil where there are none, or they cannot be written.
    private func writeSuspects(_ key: Problem.Key) -> String? {
        guard let end = ends[key] else { return nil }
        let folder = "\(options.reportFolder)/\(key.text)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (index, test) in end.suspects.suffix(FuzzLimits.writtenSuspects).enumerated() {
                var replay = Replay(test)
                replay.finding = key
                let path = "\(folder)/\(index + 1)\(ReplayText.suffix)"
                try ReplayText.write(replay).write(toFile: path, atomically: true, encoding: .utf8)
            }
            return folder
        } catch {
            say("cannot write to \"\(folder)\"; name another folder with --report-dir")
            return nil
        }
    }

    /// Writes a finding's case; nil where it cannot be written.
    private func write(_ replay: Replay, _ key: Problem.Key) -> String? {
        let path =
            "\(options.reportFolder)/\(key.text.replacing(" ", with: "-").replacing("/", with: "-"))\(ReplayText.suffix)"
        var replay = replay
        replay.notes = ["hydrotest replay \(path) says whether it still does this."]
        do {
            try FileManager.default.createDirectory(atPath: options.reportFolder, withIntermediateDirectories: true)
            try ReplayText.write(replay).write(toFile: path, atomically: true, encoding: .utf8)
            return path
        } catch {
            say("cannot write \"\(path)\"; name another folder with --report-dir")
            return nil
        }
    }
}

/// How a server is fuzzed.
public struct FuzzOptions: Sendable {
    /// What every case is made from, together with its number.
    public var seed: UInt64 = 1
    /// After how long no further batch is begun, in ns; nil for no such bound.
    public var time: Nanoseconds?
    /// How many cases are carried out; nil for no such bound.
    public var cases: UInt64?
    /// The one kind of case that is tried; nil for all.
    public var only: CaseKind?
    /// Cases that are carried out at once.
    public var concurrency = 64
    /// After how many different findings no more is looked for; nil for no such bound.
    public var findings: Int?
    /// The folder of cases that later runs start from; nil for none.
    public var corpus: String?
    /// The folder that a finding's case is written to.
    public var reportFolder = "Reports/fuzz"

    /// The defaults.
    public init() {}
}

/// What a run of the fuzzer came to.
public struct FuzzSummary: Sendable {
    /// The seed.
    public var seed: UInt64
    /// The server, as the command line named it.
    public var target: String
    /// Cases of each kind whose exchange has ended, those for narrowing and shrinking left out.
    public var cases: [CaseKind: UInt64] = [:]
    /// How long they took, with the oracles after them, in seconds; narrowing and shrinking left out.
    public var seconds = 0.0
    /// How long all took, in seconds.
    public var totalSeconds = 0.0
    /// What was found.
    public var findings: [FuzzFinding] = []
    /// Cases that were added to the corpus.
    public var corpusAdded = 0
    /// The gauges that were watched for leaks.
    public var gauges: [String] = []
    /// What calibration proved of the server's gauges.
    public var proven = ProvenGauges()
    /// Whether a signal ended it.
    public var interrupted = false

    /// All cases.
    public var total: UInt64 { cases.values.reduce(0, +) }

    /// Cases a second.
    public var rate: Double { seconds > 0 ? Double(total) / seconds : 0 }

    /// Whether nothing was found that fails a run.
    public var passed: Bool { !findings.contains { $0.finding.severity == .failure } }
}

/// Something that fuzzing found, with the case that shows it.
public struct FuzzFinding: Sendable {
    /// What was found.
    public var finding: Finding
    /// The file that repeats it; nil where no one case does.
    public var file: String?
    /// The number of the case that was found first.
    public var number: UInt64?
    /// The steps of the shrunk case, a line each.
    public var steps: [String]
    /// When it was found, in seconds since the first case.
    public var seconds: Double
}

/// Why fuzzing, or a replay, cannot go on.
public enum FuzzError: Error, Sendable {
    /// The server does not answer before the first case, or did not come back.
    case unreachable(String)
    /// Something on this machine failed.
    case machine(String)
}

extension FuzzError: CustomStringConvertible {
    /// What went wrong.
    public var description: String {
        switch self {
        case .unreachable(let reason), .machine(let reason): reason
        }
    }
}
