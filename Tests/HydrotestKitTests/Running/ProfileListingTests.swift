import EventLoop
import Foundation
import Record
import Report
import RunProfile
import Testing

@testable import HydrotestKit

@Suite struct ProfileListingTests {
    @Test func secretsAreLeftOut() {
        #expect(ProfileListing("headers: { Cookie: a, Accept: x }\n").text == "headers: { Cookie: •••, Accept: x }\n")
        #expect(ProfileListing("name: x\n").text == "name: x\n")
    }

    @Test func longTextsAreCutAtALine() {
        let line = "# " + String(repeating: "é", count: 100) + "\n"
        let whole = String(repeating: line, count: 1_000)
        let text = ProfileListing(whole).text
        let lines = text.split(separator: "\n")
        #expect(text.utf8.count < ReportLimits.profileBytes + 100)
        #expect(lines.dropLast().allSatisfy { $0 + "\n" == line })
        #expect(lines.last == "# \(whole.utf8.count - (lines.count - 1) * line.utf8.count) bytes are left out.")
        #expect(ProfileListing(String(repeating: "x", count: 100_000)).text == "# 100000 bytes are left out.\n")
    }

    @Test func aRunsRecordHoldsWhatWasReadAndGiven() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.yaml").path
        let profile = "name: ${NAME}\ntarget: { url: reference }\nscenarios: [{ name: a, connections: 1, hold: 1s }]\n"
        try profile.write(toFile: file, atomically: true, encoding: .utf8)
        var options = RunOptions()
        options.environment = ["NAME": "secret-name"]
        options.overrides = ["target.headers.Cookie=crumbs", "seed=7"].map { ProfileOverride($0) }
        let run = try ProfileRun(file: file, options: options, interrupts: Server.interrupts)
        #expect(run.record.environment.profileText == profile)
        #expect(run.record.environment.overrides == ["target.headers.Cookie=•••", "seed=7"])
    }
}
