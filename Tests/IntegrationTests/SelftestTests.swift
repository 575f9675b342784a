import Foundation
import TestTurns
import Testing
import Vocabulary

extension Integration {
    /// The tool put to the proof by servers whose faults are known.
    @Suite(Turn.alone) struct SelftestTests {
        @Test func theShortFormFindsEachFaultByItsNameAndNothingElse() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let results = folder.file("selftest.json")
            let result = try Command.hydrotest(
                ["selftest", "--quick", "--json", results, "--report-dir", folder.file("profiles")],
                in: folder,
                timeout: 600 * .perSecond
            )
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(result.errorOutput == "")
            let report = try SelftestResults(file: results)
            #expect(report.passed)
            let leakFaults = [
                "racy-registry", "late-close-handler", "close-never-fires", "write-error-swallowed",
                "slot-before-body", "timer-leak", "topic-leak", "fd-leak", "unbounded-queue", "generator-runs-on",
                "crash-on-reset",
            ]
            for fault in leakFaults {
                let own = report.cases.filter { $0.server == fault }
                #expect(!own.isEmpty)
                #expect(own.allSatisfy { $0.found == [fault] }, "\(fault): \(own)")
            }
            let clean = report.cases.filter { $0.server.hasPrefix("clean") }
            #expect(Set(clean.map(\.transport)) == ["plain", "tls"])
            #expect(clean.allSatisfy { $0.found.isEmpty })
        }

        @Test(arguments: [
            ["--faults", "timer-lek"], ["--jobs", "0"], ["--seeds", "-1"], ["--transport", "carrier-pigeon"],
            ["--faults", "cross-session-replay"]
                + ["--clean-runs", "0", "--clean-with-neighbour", "0", "--clean-recycling", "0"],
            ["--quick", "--json", "/nonexistent/selftest.json"],
        ])
        func badUsageIsToldBeforeAnythingIsRun(arguments: [String]) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(["selftest"] + arguments, in: folder)
            #expect(result.exitCode == 64)
            #expect(!result.errorOutput.isEmpty)
            #expect(result.output == "")
        }
    }
}
