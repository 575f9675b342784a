import EventLoop
import Foundation
import Glibc
import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

/// One after the other: a program cannot be started while a process that is just being made holds its file open.
@Suite(.serialized, Turn.sideBySide) struct ReferenceProcessTests {
    /// A program that does what a shell script says.
    private func withProgram(_ script: String, _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).sh")
        defer { try? FileManager.default.removeItem(at: file) }
        try "#!/bin/sh\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
        // A child that another test is just making may hold the file open for writing until it is its own program.
        let deadline = MonotonicClock.now() + 5 * .perSecond
        while access(file.path, X_OK) == 0, isBusy(file.path), MonotonicClock.now() < deadline { usleep(1_000) }
        try body(file.path)
    }

    /// `F_SETLEASE` of fcntl(2), which the module map leaves out.
    private static let setLease: Int32 = 1024

    /// Whether the kernel would refuse to run a file because it is being written (execve(2), ETXTBSY).
    private func isBusy(_ path: String) -> Bool {
        let file = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard file >= 0 else { return false }
        defer { close(file) }
        // A lease for reading is refused while anybody has the file open for writing (fcntl(2)).
        return fcntl(file, Self.setLease, F_RDLCK) != 0 && errno == EAGAIN
    }

    @Test(arguments: [
        ("exit 3", "ended at its start"), ("echo nonsense", "ended at its start"), ("exec sleep 20", "has not printed"),
    ])
    func aServerThatDoesNotStartIsAnErrorOfTheMachine(script: String, reason: String) throws {
        try withProgram(script) { program in
            let error = try #require(throws: RunError.self) {
                try ReferenceProcess(ReferenceOptions(), executable: program, startTimeout: 200 * .perMillisecond)
            }
            #expect(error.exitCode == ExitCode.internalError)
            #expect(error.description.contains(reason))
        }
    }

    @Test func theOptionsReachTheChild() {
        var options = ReferenceOptions()
        options.faults = [.timerLeak, .noHeartbeat]
        options.faultAfter = 5 * .perSecond
        options.faultShare = 0.0001
        options.lose = 37
        options.repeats = 23
        options.tokens = 7
        options.tokenRate = 2.5
        let words = ReferenceProcess.arguments(options).joined(separator: " ")
        #expect(
            words.hasSuffix(
                "--fault-after 5000000000ns --fault-share 0.01% --lose 37 --repeat 23 --tokens 7 --token-rate 2.5/s --fault timer-leak --fault no-heartbeat"
            )
        )
    }

    @Test func aProgramThatIsNotThereIsToo() throws {
        let error = try #require(throws: RunError.self) {
            try ReferenceProcess(ReferenceOptions(), executable: "/nonexistent/hydrotest")
        }
        #expect(error.exitCode == ExitCode.internalError)
    }

    @Test func theAddressesAreReadAndTheChildEndsWithUs() throws {
        try withProgram("echo http://127.0.0.1:1; echo https://127.0.0.1:2; exec cat") { program in
            let process = try ReferenceProcess(ReferenceOptions(), executable: program)
            #expect(process.plain == (try Made.url("http://127.0.0.1:1")))
            #expect(process.tls == (try Made.url("https://127.0.0.1:2")))
            #expect(kill(process.pid, 0) == 0)
            #expect(FileManager.default.fileExists(atPath: process.certificateFile))
            process.stop()
            #expect(kill(process.pid, 0) == -1)
            #expect(!FileManager.default.fileExists(atPath: process.certificateFile))
        }
    }

    @Test func aPlannedRestartIsNoDeath() throws {
        try withProgram("echo http://127.0.0.1:1; echo https://127.0.0.1:2; exec cat") { program in
            let process = try ReferenceProcess(ReferenceOptions(), executable: program)
            defer { process.stop() }
            let first = process.pid
            process.endAtOnce()
            #expect(process.end == nil)
            #expect(kill(first, 0) == -1)
            #expect(process.startAgain())
            #expect(process.pid != first)
            #expect(kill(process.pid, 0) == 0)
            #expect(process.end == nil)
        }
    }

    @Test func aServerThatDoesNotStartAgainIsADeath() throws {
        try withProgram("echo http://127.0.0.1:1; echo https://127.0.0.1:2; exec cat") { program in
            let process = try ReferenceProcess(ReferenceOptions(), executable: program)
            defer { process.stop() }
            process.endAtOnce()
            try FileManager.default.removeItem(atPath: program)
            #expect(!process.startAgain())
            #expect(process.end?.hasPrefix("could not be started again: ") == true)
        }
    }

    @Test func aChildThatDiesIsNoticedBeforeItIsStopped() throws {
        try withProgram("echo http://127.0.0.1:1; echo https://127.0.0.1:2; exec cat") { program in
            let process = try ReferenceProcess(ReferenceOptions(), executable: program)
            defer { process.stop() }
            #expect(process.end == nil)
            kill(process.pid, SIGKILL)
            let end = (0..<1_000_000).lazy.compactMap { _ in process.end }.first
            #expect(end == "was ended by signal 9")
        }
    }
}
