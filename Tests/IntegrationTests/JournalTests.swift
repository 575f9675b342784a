import EventLoop
import Foundation
import Glibc
import Testing
import Vocabulary

extension Integration {
    /// A run that dies leaves a journal, and `hydrotest report recover` makes its report.
    @Suite struct JournalTests {
        /// The profile of a run that lasts until it is killed.
        private static let profile = """
            name: doomed
            target: { url: reference }
            scenarios:
              - { name: held, connections: 50, hold: 10m }
              - { name: droppers, connections: 100000, arrival: { rate: 50/s }, drop: { stages: all, manners: [fin, rst] } }
            leak: { baseline: 0s }
            heartbeat: { expect: 1s, tolerance: 100%, match: comment }
            """

        /// Kills of the test below; `HYDROTEST_KILLS=50` is the long form.
        private static let kills = getenv("HYDROTEST_KILLS").flatMap { Int(String(cString: $0)) } ?? 3

        /// At whatever moment it is killed, everything that was flushed is in the report.
        @Test func everyKilledRunIsRecovered() throws {
            var random = SplitMix64(seed: 50)
            var losses: [Double] = []
            for kill in 0..<Self.kills {
                let pause = 500_000 + UInt32(random.next() % 7_000_000)
                losses.append(try recoverAKilledRun(after: pause, what: "kill \(kill) after \(pause) µs"))
            }
            print(
                "killed \(Self.kills) times; lost at most \(losses.max() ?? 0) s, in the mean \(losses.reduce(0, +) / Double(losses.count)) s"
            )
        }

        /// - Returns: the seconds between the end of the recovered report and the kill.
        private func recoverAKilledRun(after pause: UInt32, what: String) throws -> Double {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(Self.profile, to: "doomed.yaml")
            let report = folder.file("report")
            let run = try RunningProgram(
                try Program.hydrotest(),
                ["run", profile, "--report-dir", report, "--quiet"],
                in: folder
            )
            defer { run.stop() }
            let journal = "\(report)/run.journal"
            try Polling.wait(for: "the journal; \(run.account)") { try Self.members(journal) > 0 ? () : nil }
            usleep(pause)
            let flushed = try Self.members(journal)
            run.send(SIGKILL)
            let killed = Date().timeIntervalSince1970
            #expect(try run.wait(timeout: 20 * .perSecond) == 128 + SIGKILL)

            let result = try Command.hydrotest(["report", "recover", report], in: folder)
            #expect(result.exitCode == 0, "\(what): \(result.errorOutput)")
            let recovered = try RunReport(folder: report, result: result)
            try ReportFiles(folder: report).check()
            #expect(recovered.record.interrupted)
            let finding = try #require(recovered.findings.first { $0.id == "recovered" }, "\(what)")
            let entries = try #require(finding.evidence[0].split(separator: " ").compactMap { Int($0) }.first)
            #expect(entries >= flushed, "\(what)")
            #expect(access(journal, F_OK) != 0)
            #expect(access("\(journal).recovered", F_OK) == 0)
            let loss = killed - recovered.ended
            #expect(loss >= 0, "\(what)")
            return loss
        }

        /// Whole members of a journal that is being written.
        private static func members(_ path: String) throws -> Int {
            guard access(path, F_OK) == 0 else { return 0 }
            let temporary = try TemporaryFolder()
            defer { temporary.remove() }
            let copy = temporary.file("copy.gz")
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            return try Command.run(named: "gzip", ["--decompress", "--stdout", copy], in: temporary)
                .output.split(separator: "\n").count
        }

        @Test func theJournalGoesOnceTheReportIsThere() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let report = try FinishedRun.make(in: folder).folder
            #expect(access("\(report)/report.html", F_OK) == 0)
            #expect(access("\(report)/run.journal", F_OK) != 0)
            let result = try Command.hydrotest(["report", "recover", report], in: folder)
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("there is no journal"))
        }

        /// A file that may not grow is a disk that is full.
        @Test func aFullDiskIsSaidAndTheRunGoesOn() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                Self.profile.replacing("10m", with: "5s").replacing("100000", with: "200"),
                to: "full.yaml"
            )
            let words = [try Program.hydrotest(), "run", profile, "--report-dir", folder.file("report")]
            let result = try Command.run(
                named: "sh",
                ["-c", "ulimit -f 8; exec \"$@\"", "sh"] + words,
                in: folder
            )
            #expect(result.errorOutput.contains("the journal cannot be written: write"))
            #expect(result.errorOutput.contains("EFBIG; the run goes on in memory"))
            // The report does not fit either, and what was measured is on the terminal all the same.
            #expect(result.exitCode == 70)
            #expect(result.errorOutput.contains("cannot write the report: write"))
            #expect(result.output.contains("250 attempted"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("report")) == ["run.journal"])
        }

        @Test func aSecondRunLeavesTheJournalOfTheFirstAlone() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(Self.profile, to: "doomed.yaml")
            let report = folder.file("report")
            let run = try RunningProgram(try Program.hydrotest(), ["run", profile, "--report-dir", report], in: folder)
            defer { run.stop() }
            try Polling.wait(for: "the journal") { access("\(report)/run.journal", F_OK) == 0 ? () : nil }
            let recover = try Command.hydrotest(["report", "recover", report], in: folder)
            #expect(recover.exitCode == 64)
            #expect(recover.errorOutput.contains("still goes on"))
            let second = try FinishedRun.make(in: folder)
            #expect(second.result.exitCode == 0)
            #expect(second.result.errorOutput.contains("no journal is kept"))
            #expect(access("\(report)/run.journal", F_OK) == 0)
        }
    }
}
