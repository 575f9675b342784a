import Testing
import Vocabulary

extension Integration {
    /// `hydrotest tap` against Chromium's `EventSource`, on random streams.
    @Suite(.needs(.chromium), .needs(.node)) struct DifferentialTests {
        @Test func seesTheEventsThatABrowserSees() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let streams = 200
            let arguments = [
                Program.server("differential.js"), try #require(Program.path("chromium")), try Program.hydrotest(),
                folder.file("browser"), "\(streams)", "1",
            ]
            let result = try Command.run(named: "node", arguments, in: folder, timeout: 180 * .perSecond)
            #expect(result.exitCode == 0, "\(result.output)\n\(result.errorOutput)")
            let summary = try #require(result.output.split(separator: "\n").last)
            #expect(summary.hasPrefix("\(streams) streams, ") && summary.hasSuffix(" events: equal"), "\(summary)")
            #expect(!summary.contains(", 0 events"), "streams without events prove nothing")
        }
    }
}
