import EventLoop
import Foundation
import Glibc
import Load
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

/// What happens at moments of a load beside its connections: commands, and the bundled server's restart.
extension ProfileRun {
    /// The threads that do it.
    struct Moments {
        fileprivate var threads: [TimedActions] = []
        fileprivate let restart = Restart()
    }

    fileprivate final class Restart: Sendable {
        let made = Locked<ServerRestart?>(nil)
    }

    /// How often the end of a pause is looked for, in ns.
    private static let pauseStep: Nanoseconds = 10 * .perMillisecond

    /// Starts to wait for the moments of a load that begins now.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the system has no thread left.
    func beginMoments(_ work: RunWork, _ reference: ReferenceProcess?) throws(RunError) -> Moments {
        var moments = Moments()
        guard work == .load else { return moments }
        let start = MonotonicClock.now()
        do {
            moments.threads.append(try TimedActions(hooks.during.map(marked), from: start))
            if let reference, let restart = profile.reference.restart {
                let action = self.restart(reference, restart, noting: moments.restart)
                moments.threads.append(try TimedActions([action], from: start))
            }
        } catch {
            for thread in moments.threads { thread.stop() }
            throw .machine("the load's commands cannot start: \(error)")
        }
        return moments
    }

    /// Ends what goes on, and notes what was done.
    func endMoments(_ moments: Moments, _ reference: ReferenceProcess?) {
        for thread in moments.threads { thread.stop() }
        if !moments.threads.isEmpty { hooks.noteOmissions() }
        record.restart = moments.restart.made.withLock { $0 }
    }

    /// A command that may restart the server.
    private func marked(_ action: TimedActions.Action) -> TimedActions.Action {
        let planned = plannedRestart
        return TimedActions.Action(at: action.at) { isStopped in
            planned.begin()
            defer { planned.end() }
            action.body(isStopped)
        }
    }

    private func restart(
        _ reference: ReferenceProcess,
        _ options: ReferenceOptions.Restart,
        noting restart: Restart
    ) -> TimedActions.Action {
        let startedAt = startedAt
        let action = TimedActions.Action(at: options.at) { isStopped in
            reference.endAtOnce()
            let ended = MonotonicClock.now()
            restart.made.withLock { $0 = ServerRestart(ended: (ended - startedAt).inSeconds) }
            // The server is started again also where the load ends meanwhile: what it leaves is still to be read.
            while !isStopped(), MonotonicClock.now() < ended + options.down {
                usleep(UInt32(Self.pauseStep / .perMicrosecond))
            }
            guard reference.startAgain() else { return }
            let listening = MonotonicClock.now()
            restart.made.withLock { $0?.listening = (listening - startedAt).inSeconds }
        }
        return marked(action)
    }
}

/// Does things at their moments of a load, one after the other on a thread of its own.
final class TimedActions: Sendable {
    /// How often the end is looked for, in ns.
    private static let lookEvery: Nanoseconds = 10 * .perMillisecond

    /// Something to be done.
    struct Action: Sendable {
        /// When, in ns from the start.
        let at: Nanoseconds
        /// What; it is given what says whether it is to end early.
        let body: @Sendable (_ isStopped: () -> Bool) -> Void
    }

    private let isStopped = Atomic<Bool>(false)
    private let thread = Locked<OperatingSystemThread?>(nil)

    /// Starts to wait for the moments.
    ///
    /// - Parameter actions: in the order of their moments.
    /// - Throws: `EAGAIN` where the system has no thread left.
    init(_ actions: [Action], from start: Nanoseconds) throws(SystemError) {
        guard !actions.isEmpty else { return }
        let started = try OperatingSystemThread(name: "moments") { [self] in
            for action in actions {
                let (moment, overflow) = start.addingReportingOverflow(action.at)
                guard wait(until: overflow ? .max : moment) else { return }
                action.body { isStopped.load(ordering: .relaxed) }
            }
        }
        thread.withLock { $0 = started }
    }

    /// Leaves out what has not begun, and waits for what has.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        thread.withLock { $0.take() }?.join()
    }

    /// Waits until a moment; false where the end came before.
    private func wait(until moment: Nanoseconds) -> Bool {
        while !isStopped.load(ordering: .relaxed) {
            let now = MonotonicClock.now()
            guard now < moment else { return true }
            usleep(UInt32(min(Self.lookEvery, moment - now) / .perMicrosecond + 1))
        }
        return false
    }
}
