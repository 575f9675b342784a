import Testing
import Vocabulary

extension Integration {
    /// A server that dies under the load.
    @Suite(.needs(.node)) struct ServerDeathTests {
        @Test func theRunEndsWithWhatWasDoneBefore() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            try folder.write(
                """
                let count = 0;
                require('node:http').createServer((request, response) => {
                  if (++count === 40) process.exit(7);
                  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: x\\n\\n');
                }).listen(0, '127.0.0.1', function () { console.log(`http://127.0.0.1:${this.address().port}`); });
                """,
                to: "dying.js"
            )
            let node = try #require(Program.path("node"))
            let program = try RunningProgram(node, [folder.file("dying.js")], in: folder)
            defer { program.stop() }
            let address = try program.lines(containing: "http://")[0]
            let profile = try folder.write(
                """
                target: { url: "\(address)/events" }
                scenarios:
                  - name: droppers
                    connections: 6000
                    arrival: { rate: 100/s }
                    drop: { stages: [headers-received], manners: [rst] }
                probes: [{ name: process, pid: \(program.pid), every: 50ms }]
                leak: { baseline: 200ms, settle: 30s }
                """,
                to: "dying.yaml"
            )
            // Within the command's minute, which the load alone would fill.
            let (result, report) = try Command.profile(profile, in: folder, timeout: 30 * .perSecond)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.verdict == "fail")
            let finding = try #require(report.findings.first { $0.id == "server-died" })
            #expect(finding.title.contains(" into the run"))
            #expect(finding.evidence.contains("Noticed by the probe process."))
            #expect(
                finding.evidence.count { $0.contains("dropped at headers-received (rst)") } == 10,
                "\(finding.evidence)"
            )
            #expect(report.leaks.isEmpty)
        }
    }
}
