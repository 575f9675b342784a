import EventLoop
import Glibc
import Load
import Record
import RunProfile
import Vocabulary

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
