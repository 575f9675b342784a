import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct CommandGaugeReaderTests {
    private func read(_ words: String..., timeout: Nanoseconds = 20 * .perSecond) throws -> [GaugeReading] {
        let gauges = [
            ProbeOptions.HTTPGauge(name: "a", pointer: "/a"), ProbeOptions.HTTPGauge(name: "b", pointer: "/b"),
        ]
        return try CommandGaugeReader(probe: "p", words: words, gauges: gauges, timeout: timeout).read()
    }

    private func gaps(_ name: String) -> [GaugeReading] { [.gap(name), .gap(name)] }

    @Test func readsWhatACommandPrints() throws {
        #expect(try read("echo", #"{"a": 7, "b": [1, 2]}"#) == [.value(7), .value(2)])
        #expect(try read("printf", "%s", #"{"a": 7}"#) == [.value(7), .gap("POINTER_NOT_FOUND")])
        #expect(try read("echo", "$HOME") == gaps("NOT_JSON"))
    }

    @Test func namesWhyACommandFailed() throws {
        #expect(try read("sh", "-c", "echo first >&2; echo ' ' >&2; exit 3") == gaps("EXIT_3: first"))
        #expect(try read("false") == gaps("EXIT_1"))
        #expect(try read("sh", "-c", "kill -9 $$") == gaps("SIGNAL_9"))
        #expect(try read("/nowhere/at/all") == gaps("ENOENT"))
        #expect(try read("/etc/passwd") == gaps("EACCES"))
        #expect(try read("sh", "-c", "printf 'a\\033[1m\\n' >&2; exit 1") == gaps("EXIT_1: a?[1m"))
    }

    @Test func keepsTheLastLineOfManyAndCutsIt() throws {
        let script = "i=0; while [ $i -lt 2000 ]; do echo line $i >&2; i=$((i+1)); done; exit 2"
        #expect(try read("sh", "-c", script) == gaps("EXIT_2: line 1999"))
        let long = String(repeating: "x", count: 3 * CommandLimits.errorLineLength)
        let cut = String(repeating: "x", count: CommandLimits.errorLineLength)
        #expect(try read("sh", "-c", "echo \(long) >&2; exit 1") == gaps("EXIT_1: \(cut)"))
    }

    @Test func endsACommandThatPrintsTooMuch() throws {
        #expect(try read("yes") == gaps("LIMIT_OUTPUT_BYTES"))
    }

    @Test func endsACommandThatTakesTooLong() throws {
        #expect(try read("sleep", "600", timeout: 50 * .perMillisecond) == gaps("TIMEOUT"))
        // Its output closed, it goes on.
        let script = "exec >&- 2>&-; sleep 600"
        #expect(try read("sh", "-c", script, timeout: 50 * .perMillisecond) == gaps("TIMEOUT"))
    }

    /// A child that is left behind holds the output open, and ends with its group.
    @Test func doesNotWaitForWhatACommandLeavesBehind() throws {
        let result = try Command(words: ["sh", "-c", "sleep 600 & echo $!"]).run(timeout: 20 * .perSecond)
        #expect(result.end == .exited(0))
        let pid = try #require(Int32(String(decoding: result.output, as: UTF8.self).filter(\.isNumber)))
        let isGone = (0..<1_000).contains { _ in
            guard let directory = try? ProcessDirectory(pid: pid), let status = try? directory.status() else {
                return true
            }
            return status.hasEnded
        }
        #expect(isGone)
    }
}
