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
            // No progress line, as neither output is a terminal.
            #expect(result.errorOutput == "")
            #expect(!result.output.contains("\r"))
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
