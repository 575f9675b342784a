import EventLoop
import Vocabulary

/// Carries out a replay file's case and says what it does.
public final class Replayer {
    /// How often a case is carried out before it counts as harmless: a race does not happen each time.
    private static let tries = 3

    private let runner: BatchRunner
    private let replay: Replay
    private let isInterrupted: () -> Bool

    /// Looks whether the server is well.
    ///
    /// - Throws: ``FuzzError/unreachable(_:)`` where it is not.
    public init(_ replay: Replay, _ target: any FuzzTarget, isInterrupted: @escaping () -> Bool) throws(FuzzError) {
        self.replay = replay
        self.isInterrupted = isInterrupted
        runner = try BatchRunner(target, concurrency: max(1, replay.copies), isInterrupted: isInterrupted)
    }

    /// Carries the case out.
    ///
    /// - Returns: a line for each thing that it does and should not; of a file that names its finding, only that.
    public func run() throws(FuzzError) -> [String] {
        for _ in 0..<Self.tries {
            let lines = try lines(of: replay.test)
            if !lines.isEmpty || isInterrupted() { return lines }
        }
        // What its timers do between two steps of a case in a hurry is not seen.
        guard looksForAll, replay.test.order == .sequence, let slow = slowTest else { return [] }
        return try lines(of: slow)
    }

    /// Whether a late end of the server is looked for too: not where the file names another finding.
    private var looksForAll: Bool { replay.finding?.isFatal ?? true }

    /// The case with a wait after each step; nil where that would take longer than a batch may.
    private var slowTest: FuzzCase? {
        let vigil = runner.vigil
        let count = replay.test.steps.count
        guard count > 1, Nanoseconds(count) * vigil < FuzzLimits.batchTime else { return nil }
        var slow = replay.test
        slow.steps = slow.steps.flatMap { [$0, Step($0.client, .pause(vigil))] }
        return slow
    }

    private func lines(of test: FuzzCase) throws(FuzzError) -> [String] {
        let cases = [FuzzCase](repeating: test, count: replay.copies)
        let problems = try runner.run(cases, look: looksForAll ? .patient : .passing).problems
        // A server that is gone does nothing right, whatever was looked for.
        let wanted = problems.filter { replay.finding == nil || $0.key == replay.finding || $0.key.isFatal }
        var told: Set<Problem.Key> = []
        return wanted.compactMap { problem in
            told.insert(problem.key).inserted
                ? "\(problem.key.text): \(problem.evidence.joined(separator: "; "))" : nil
        }
    }
}

/// A case as a file keeps it.
public struct Replay: Equatable, Sendable {
    /// The case.
    var test: FuzzCase
    /// What it is known to do; nil where it is to be found out.
    var finding: Problem.Key?
    /// How many copies of it are carried out at once.
    var copies = 1
    /// The seed and the number that it was made from.
    var seed: UInt64?
    var number: UInt64?
    /// Lines for whoever reads the file.
    var notes: [String] = []

    init(_ test: FuzzCase) { self.test = test }
}
