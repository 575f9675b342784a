import EventLoop
import Vocabulary

/// Carries out a replay file's case and says what it does.
public final class Replayer {
    /// How often a case is carried out before it counts as harmless: a race does not happen each time.
    private static let tries = 3

    private let runner: BatchRunner
    private let replay: Replay

    /// Looks whether the server is well.
    ///
    /// - Throws: ``FuzzError/unreachable(_:)`` where it is not.
    public init(_ replay: Replay, _ target: any FuzzTarget, isInterrupted: @escaping () -> Bool) throws(FuzzError) {
        self.replay = replay
        runner = try BatchRunner(target, concurrency: max(1, replay.copies), isInterrupted: isInterrupted)
    }

    /// Carries the case out.
    ///
    /// - Returns: a line for each thing that it does and should not; of a file that names its finding, only that.
    public func run() throws(FuzzError) -> [String] {
        let cases = [FuzzCase](repeating: replay.test, count: replay.copies)
        for _ in 0..<Self.tries {
            let problems = try runner.run(cases, isQuick: false).problems
            let wanted = problems.filter { replay.finding == nil || $0.key == replay.finding }
            var told: Set<Problem.Key> = []
            let lines = wanted.compactMap { problem in
                told.insert(problem.key).inserted
                    ? "\(problem.key.text): \(problem.evidence.joined(separator: "; "))" : nil
            }
            if !lines.isEmpty { return lines }
        }
        return []
    }
}
