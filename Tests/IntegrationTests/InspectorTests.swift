import Testing
import Vocabulary

extension Integration {
    /// A Node server that tells nothing of itself, read over its inspector.
    @Suite(.needs(.node)) struct InspectorTests {
        @Test func theRaceIsFoundWithoutAnEndpoint() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try RacyNodeServer(isFixed: false, inspected: true, in: folder)
            defer { server.program.stop() }
            let port = try #require(server.inspectorPort)
            let profile = try folder.write(
                """
                seed: 7
                target: { url: "\(server.address)/events" }
                scenarios:
                  - name: droppers
                    connections: 60
                    arrival: { rate: 80/s }
                    drop: { stages: [connected, request-sent, streaming], manners: [fin, rst], delay: 0ms..10ms }
                probes:
                  - name: node
                    inspector: \(port)
                    every: 100ms
                    gauges: { clients: manager.clients, timers: manager.clientTimeouts, topics: manager.clientTopics }
                leak: { baseline: 500ms, settle: 1s, inactivity: 1500ms, attributionDrops: 10 }
                """,
                to: "inspector.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.hasPermanentLeak(of: "clients", at: "request-sent"), "\(report.leaks)")
            #expect(report.leaks.allSatisfy { $0.gauge == "clients" && $0.stage == "request-sent" }, "\(report.leaks)")
            #expect(report.gauges.map(\.baseline) == [0, 0, 0])
            #expect(try #require(report.gauge("node", "timers")?.peak) > 0)
        }

        /// Names in a module, in a function, private to a class, global, and none.
        @Test(arguments: ["server.mjs", "server.cjs"])
        func namesAreFoundWhereverTheyAre(file: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let load = file.hasSuffix(".mjs") ? "import http from 'node:http';" : "const http = require('node:http');"
            try folder.write(
                """
                \(load)
                class Hub { streams = new Map([[1, 1], [2, 2]]); #waiting = new Set([1, 2, 3]); wait() { return this.#waiting; } }
                const hub = new Hub();
                let replaced = [1];
                globalThis.everybodys = { a: 1, b: 2, c: 3, d: 4 };
                function start() {
                  const inner = { limit: 5.5, text: 'x' };
                  return (request, response) => {
                    replaced = replaced.concat(1, 1, 1, 1, 1);
                    response.setHeader('X-State', `${hub.wait().size}${inner.limit}`);
                    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data: x\\n\\n');
                  };
                }
                http.createServer(start()).listen(0, '127.0.0.1', function () {
                  console.log(`http://127.0.0.1:${this.address().port}`);
                });
                """,
                to: file
            )
            let node = try #require(Program.path("node"))
            let program = try RunningProgram(node, ["--inspect=127.0.0.1:0", folder.file(file)], in: folder)
            defer { program.stop() }
            let address = try program.lines(containing: "http://")[0]
            let port = try #require(RacyNodeServer.inspectorPort(in: program.errorOutput))
            let profile = try folder.write(
                """
                target: { url: "\(address)/" }
                scenarios: [{ name: a, connections: 1, drop: { stages: [streaming], manners: [fin] } }]
                probes:
                  - name: node
                    inspector: "127.0.0.1:\(port)"
                    gauges:
                      module: hub.streams
                      private: hub.#waiting
                      function: inner.limit
                      global: everybodys
                      replaced: replaced
                      text: inner.text
                      nobodys: nobody.streams
                leak: { baseline: 500ms, settle: 500ms, calibrate: false }
                """,
                to: "names.yaml"
            )
            let report = try Command.profile(profile, in: folder).report
            #expect(
                report.gauges.map(\.gauge) == [
                    "module", "private", "function", "global", "replaced", "text", "nobodys",
                ]
            )
            #expect(report.gauges.map(\.baseline) == [2, 3, 5.5, 4, 1, nil, nil])
            #expect(report.gauge("node", "replaced")?.peak == 6)
        }
    }
}
