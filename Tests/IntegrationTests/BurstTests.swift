import EventLoop
import Glibc
import TestTurns
import Testing
import Vocabulary

extension Integration {
    /// One event to very many streams of one process at once.
    @Suite(Turn.alone) struct BurstTests {
        private static let streams = 18_000
        private static let broadcasts = 3
        /// The streams, and what a process needs beside them.
        private static let descriptors = streams + 200

        @Test(
            .needs(.curl),
            .enabled(
                if: DescriptorLimit.raise() >= descriptors,
                "needs \(descriptors) descriptors a process: ulimit -Hn"
            )
        )
        func noneIsLost() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(
                """
                target: { url: "\(server.plain)/events?topics=news" }
                scenarios: [{ name: held, connections: \(Self.streams), arrival: { rate: 1500/s }, hold: 10m }]
                leak: { baseline: 100ms, settle: 0s }
                """,
                to: "burst.yaml"
            )
            let report = "\(folder.path)/report"
            let arguments = ["run", profile, "--report-dir", report]
            let run = try RunningProgram(try Program.hydrotest(), arguments, in: folder)
            defer { run.stop() }
            try Polling.wait(for: "\(Self.streams) clients", timeout: 120 * .perSecond) {
                try server.gauge("subscriptions") == Self.streams ? () : nil
            }
            for _ in 0..<Self.broadcasts {
                let publish = ["--silent", "--show-error", "--data", "hello", "\(server.plain)/broadcast?topic=news"]
                let answer = try Command.run(named: "curl", publish, in: folder)
                #expect(answer.output.contains("\(Self.streams)"), "\(answer.output)\(answer.errorOutput)")
            }
            // What the server has written is on its way, or in the queues of the sockets.
            try Polling.wait(for: "empty queues", timeout: 60 * .perSecond) {
                try server.gauge("queuedBytes") == 0 ? () : nil
            }
            sleep(2)
            run.send(SIGINT)
            #expect(try run.wait(timeout: 60 * .perSecond) == 130)
            let said = CommandResult(exitCode: 130, output: run.output, errorOutput: run.errorOutput)
            let result = try RunReport(folder: report, result: said)
            #expect(result.connections.established == Self.streams)
            #expect(result.connections.peak == Self.streams)
            #expect(result.errors.isEmpty)
            // One with its id to each, and the broadcasts.
            #expect(result.record.load.events == Self.streams * (1 + Self.broadcasts))
        }
    }
}
