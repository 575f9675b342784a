import EventLoop
import Foundation
import Glibc
import Record
import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

/// Commands of a profile, carried out for real.
@Suite(Turn.sideBySide) struct HooksTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    private func hooks(_ change: (inout HookOptions) -> Void) -> Hooks {
        var options = HookOptions()
        options.timeout = 20 * .perSecond
        options.folder = folder.path
        change(&options)
        return Hooks(options, executable: "/proc/self/exe", startedAt: MonotonicClock.now())
    }

    private func shell(_ script: String) -> HookOptions.Hook { HookOptions.Hook(words: ["sh", "-c", script]) }

    private func text(_ name: String) -> String? {
        try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    @Test func theyRunInTheProfilesFolderAndKnowThisProgram() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hooks = hooks { $0.before = [shell("pwd > where; printf %s \"$HYDROTEST\" > who")] }
        try hooks.before { false }
        #expect(
            text("where").map { URL(fileURLWithPath: $0.trimmingCharacters(in: .newlines)).lastPathComponent }
                == folder.lastPathComponent
        )
        #expect(text("who") == URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path)
        let record = try #require(hooks.records?.first)
        #expect(record.place == .before)
        #expect(record.program == "sh")
        #expect(record.failure == nil)
        #expect(record.start != nil && record.seconds != nil)
    }

    /// A server that a command starts in the background serves the run.
    @Test func whatTheyStartInTheBackgroundLivesOn() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hooks = hooks {
            $0.before = [shell("sleep 60 > /dev/null 2>&1 & echo $! > pid")]
            $0.after = [shell("kill $(cat pid)")]
        }
        try hooks.before { false }
        let pid = try #require(text("pid").flatMap { pid_t($0.trimmingCharacters(in: .newlines)) })
        #expect(kill(pid, 0) == 0)
        hooks.after()
        // Its number is given back once its new parent has looked, which no test can wait for: a zombie runs no more.
        let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let deadline = MonotonicClock.now() + 10 * .perSecond
        while kill(pid, 0) == 0, status?.contains(") Z") == false, MonotonicClock.now() < deadline {
            if let now = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8), now.contains(") Z") {
                break
            }
            usleep(5_000)
        }
        #expect(MonotonicClock.now() < deadline)
        #expect(hooks.records?.map(\.failure) == [nil, nil])
    }

    @Test func aFailureBeforeTheLoadSaysWhy() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let failing = hooks { $0.before = [shell("true"), shell("echo no port >&2; exit 3"), shell("touch never")] }
        let error = #expect(throws: RunError.self) { try failing.before { false } }
        #expect(error?.exitCode == ExitCode.targetUnreachable)
        #expect(error?.description == "exec.before, command 2 (sh): EXIT_3: no port")
        #expect(text("never") == nil)
        let missing = hooks { $0.before = [HookOptions.Hook(words: ["/nowhere/at/all"])] }
        let other = #expect(throws: RunError.self) { try missing.before { false } }
        #expect(other?.exitCode == ExitCode.badProfile)
        #expect(other?.description.contains("cannot be started: ENOENT") == true)
    }

    @Test func whatTakesTooLongIsEndedWithAllThatItStarted() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hooks = hooks {
            $0.timeout = 100 * .perMillisecond
            $0.before = [shell("sleep 60 & echo $! > pid; wait")]
        }
        let error = #expect(throws: RunError.self) { try hooks.before { false } }
        #expect(error?.description.contains("TIMEOUT") == true, "\(error?.description ?? "")")
    }

    @Test func anInterruptEndsWhatGoesOn() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hooks = hooks { $0.before = [shell("sleep 60"), shell("touch never")] }
        let start = MonotonicClock.now()
        try hooks.before { true }
        #expect(hooks.records == [])
        var looks = 0
        try hooks.before {
            looks += 1
            return looks > 1
        }
        #expect(hooks.records?.map(\.failure) == ["CANCELLED"])
        #expect(MonotonicClock.now() - start < 50 * .perSecond)
        #expect(text("never") == nil)
    }

    @Test func theOnesAfterAllRunOnceWhateverFails() {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hooks = hooks { $0.after = [shell("exit 1"), shell("echo x >> done")] }
        hooks.after()
        hooks.after()
        #expect(text("done") == "x\n")
        #expect(hooks.records?.map(\.failure) == ["EXIT_1", nil])
        #expect(hooks.records?.map(\.number) == [1, 2])
    }

    @Test func theOnesDuringTheLoadWaitForTheirMoment() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hooks = hooks {
            $0.during = [
                HookOptions.Hook(words: ["touch", "soon"], at: 50 * .perMillisecond),
                HookOptions.Hook(words: ["touch", "never"], at: 3_600 * .perSecond),
            ]
        }
        let start = MonotonicClock.now()
        let actions = try TimedActions(hooks.during, from: start)
        let deadline = start + 10 * .perSecond
        while hooks.records?.isEmpty == true, MonotonicClock.now() < deadline { usleep(2_000) }
        #expect(MonotonicClock.now() - start >= 50 * .perMillisecond)
        actions.stop()
        hooks.noteOmissions()
        #expect(text("soon") == "")
        #expect(text("never") == nil)
        #expect(hooks.records?.map(\.failure) == [nil, Hooks.notBegun])
        #expect(hooks.records?.last?.start == nil)
    }
}
