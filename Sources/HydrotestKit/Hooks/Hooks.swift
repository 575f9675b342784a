import EventLoop
import Foundation
import Probe
import Record
import RunProfile
import Synchronization
import Vocabulary

/// The commands that a profile has a run carry out, and what came of them.
final class Hooks: Sendable {
    /// The variable by which a command knows this very program.
    static let variable = "HYDROTEST"
    /// Why a command was not carried out.
    static let notBegun = "not carried out: the load had ended before its moment"

    private let options: HookOptions
    private let executable: String
    private let startedAt: Nanoseconds
    private let isOver = Atomic<Bool>(false)
    private let done: Locked<[HookRecord]> = Locked([])

    /// The hooks of a run.
    ///
    /// - Parameters:
    ///   - executable: this program.
    ///   - startedAt: the run's start, in ns of the monotonic clock.
    init(_ options: HookOptions, executable: String, startedAt: Nanoseconds) {
        self.options = options
        // A command must find it also where /proc/self is its own.
        self.executable = URL(fileURLWithPath: executable).resolvingSymlinksInPath().path
        self.startedAt = startedAt
    }

    /// What came of them, in the order of their ends; nil where the profile has none.
    var records: [HookRecord]? { options.isEmpty ? nil : done.withLock { $0 } }

    /// Carries out the commands before the load, until one fails.
    ///
    /// - Throws: ``RunError/refused(_:)`` where one cannot be started, ``RunError/unreachable(_:)`` where one failed: the
    ///   server is then not as it should be.
    func before(_ isInterrupted: @escaping () -> Bool) throws(RunError) {
        for (index, hook) in options.before.enumerated() where !isInterrupted() {
            let record = carryOut(hook, .before, index, isInterrupted)
            guard let failure = record.failure, !isInterrupted() else { continue }
            let words = "exec.before, command \(index + 1) (\(record.program)): \(failure)"
            throw record.start == nil ? .refused(words) : .unreachable(words)
        }
    }

    /// The commands during the load, to be done at their moments.
    var during: [TimedActions.Action] {
        options.during.enumerated().map { index, hook in
            TimedActions.Action(at: hook.at ?? 0) { [self] isStopped in _ = carryOut(hook, .during, index, isStopped) }
        }
    }

    /// Notes the commands during the load whose moment did not come.
    func noteOmissions() {
        for (index, hook) in options.during.enumerated() {
            let isDone = done.withLock { $0.contains { $0.place == .during && $0.number == index + 1 } }
            guard !isDone else { continue }
            var record = Self.record(hook, .during, index)
            record.failure = Self.notBegun
            done.withLock { $0.append(record) }
        }
    }

    /// Carries out the commands after the load, all of them and once, also where the run was interrupted.
    func after() {
        guard !isOver.exchange(true, ordering: .relaxed) else { return }
        for (index, hook) in options.after.enumerated() { _ = carryOut(hook, .after, index) { false } }
    }

    private func carryOut(
        _ hook: HookOptions.Hook,
        _ place: HookRecord.Place,
        _ index: Int,
        _ isCancelled: () -> Bool
    ) -> HookRecord {
        var record = Self.record(hook, place, index)
        let command = HookCommand(
            words: hook.words,
            folder: options.folder,
            variables: [Self.variable: executable]
        )
        let start = MonotonicClock.now()
        do {
            record.failure = try command.run(timeout: options.timeout, isCancelled: isCancelled)
            record.start = (start - startedAt).inSeconds
            record.seconds = (MonotonicClock.now() - start).inSeconds
        } catch {
            record.failure = "cannot be started: \(error)"
        }
        done.withLock { $0.append(record) }
        return record
    }

    private static func record(_ hook: HookOptions.Hook, _ place: HookRecord.Place, _ index: Int) -> HookRecord {
        let program = hook.words.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""
        return HookRecord(place: place, number: index + 1, program: program)
    }
}
