import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct MemoryLimitTests {
    @Test func theMachineSaysWhatIsAvailable() {
        let text = "MemTotal:       24000000 kB\nMemFree:  1 kB\nMemAvailable:   12345 kB\n"
        #expect(MemoryLimit.availableOfMachine(text) == 12_345 << 10)
        #expect(MemoryLimit.availableOfMachine("MemAvailable: much kB") == nil)
        #expect(MemoryLimit.availableOfMachine("") == nil)
        #expect((MemoryLimit.available() ?? 0) > 0)
    }

    @Test func aGroupMayHaveLess() {
        #expect(MemoryLimit.groupLimit(limit: "1000\n", used: "400\n") == 600)
        #expect(MemoryLimit.groupLimit(limit: "1000\n", used: "1400\n") == 0)
        #expect(MemoryLimit.groupLimit(limit: "max\n", used: "400\n") == nil)
        #expect(MemoryLimit.groupLimit(limit: nil, used: nil) == nil)
    }

    /// 60 MiB hold 10,240 plain connections and a fifth as many TLS ones.
    @Test func whatDoesNotFitIsRefusedWithTheNumberThatFits() throws {
        let preflight = Preflight(descriptorLimit: 100_000, memory: 60 << 20)
        try preflight.check(Made.profile("http://127.0.0.1:1/", [Made.holding(10_240, for: .perSecond)]))
        #expect(throws: RunError.self) {
            try preflight.check(Made.profile("http://127.0.0.1:1/", [Made.holding(10_241, for: .perSecond)]))
        }
        let encrypted = try Made.profile("https://127.0.0.1:1/", [Made.holding(3_840, for: .perSecond)])
        do throws(RunError) {
            try preflight.check(encrypted)
            Issue.record("3,840 TLS connections fit")
        } catch {
            #expect("\(error)".contains("1,920 connections fit"))
            #expect(error.exitCode == ExitCode.badProfile)
        }
        try Preflight(descriptorLimit: 100_000, memory: nil)
            .check(Made.profile("http://127.0.0.1:1/", [Made.holding(90_000, for: .perSecond)]))
    }
}
