import TestTurns
import Testing
import Vocabulary

extension Integration {
    /// The profiles that a newcomer runs first.
    @Suite struct BundledProfileTests {
        @Test func smokePassesAndReportsWell() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (result, report) = try Command.profile(Program.profile("smoke.yaml"), in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(result.output.hasPrefix("PASS"))
            #expect(report.verdict == "pass")
            #expect(report.leaks.isEmpty)
            #expect(report.errors == [:])
            #expect(report.connections.failed == 0)
            #expect(report.connections.peak >= 400)
            #expect(Set(report.drops.map(\.stage)).count == 14)
            #expect(report.drops.reduce(0) { $0 + $1.count } == report.connections.dropped)
            // Progress is told in lines of their own, as neither output is a terminal.
            let lines = result.errorOutput.split(separator: "\n")
            #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("[00:") }, "\(result.errorOutput)")
            #expect(!result.output.contains("\r") && !result.errorOutput.contains("\r"))
            try ReportFiles(folder: folder.file("report")).check()
        }

        @Test func theSeededBugIsFound() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (result, report) = try Command.profile(
                Program.profile("seed-bug.yaml"),
                in: folder,
                timeout: 200 * .perSecond
            )
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(result.output.hasPrefix("FAIL"))
            #expect(report.verdict == "fail")
            #expect(report.hasPermanentLeak(of: "clients", at: "request-sent"), "\(report.leaks)")
        }

        @Test func theMatrixNamesStageAndManner() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let arguments = [
                "--stages", "connected,request-sent", "--cycles", "3", "--report-dir", folder.file("report"),
            ]
            let profile = Program.profile("matrix.yaml")
            let result = try Command.hydrotest(["matrix", profile] + arguments, in: folder, timeout: 120 * .perSecond)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(result.errorOutput.contains("6 cells × 3 cycles of 20 drops, and 4 idle cycles"))
            let report = try RunReport(folder: folder.file("report"), result: result)
            #expect(Set(report.leaks.filter { $0.gauge == "clients" }.map(\.stage)) == ["request-sent"])
            let descriptors = report.leaks.filter { $0.gauge == "fds" }
            #expect(descriptors.map(\.stage) == ["request-sent"])
            #expect(descriptors.map(\.class) == ["permanent"])
            try ReportFiles(folder: folder.file("report")).check()
        }

        /// The search itself, with so few drops that the ends need not be known; how well it finds them is measured
        /// on a quiet machine.
        @Test(Turn.alone) func theRaceIsFound() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let arguments = ["--to", "5ms", "--budget", "800", "--report-dir", folder.file("report")]
            let profile = Program.profile("race.yaml")
            let result = try Command.hydrotest(["race", profile] + arguments, in: folder, timeout: 120 * .perSecond)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(result.output.contains("Leaks over the delay after request-sent (fin)"))
            #expect(result.output.contains("Again: hydrotest race "))
            let report = try RunReport(folder: folder.file("report"), result: result)
            #expect(report.leaks.map(\.gauge) == ["clients"])
            #expect(report.leaks.map(\.stage) == ["request-sent"])
        }

        @Test func theSameSeedGivesTheSameDrops() throws {
            let first = try drops(seed: 7)
            #expect(!first.isEmpty)
            #expect(try drops(seed: 7) == first)
            #expect(try drops(seed: 8) != first)
        }

        private func drops(seed: Int) throws -> [RunReport.Drop] {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            // As many as do not come out even: which pairs of stage and manner get one more is the seed's choice.
            let profile = try folder.write(
                """
                target: { url: reference }
                scenarios:
                  - name: droppers
                    connections: 100
                    arrival: { rate: 200/s }
                    drop: { stages: all, manners: [fin, rst, half-close], wait: 300ms }
                leak: { baseline: 0s, settle: 1s }
                """,
                to: "drops.yaml"
            )
            let (result, report) = try Command.profile(profile, ["--seed", "\(seed)"], in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.connections.dropped == 100)
            return report.drops
        }
    }
}
