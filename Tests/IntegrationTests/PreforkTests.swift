import Testing
import Vocabulary

extension Integration {
    /// Three workers that share one port, each of which knows its own clients alone: a leak of any is one of all.
    @Suite(.needs(.python)) struct PreforkTests {
        private static let drops = 120

        /// The probe's way to all three; what is filled in is known once the server runs.
        enum Way: CaseIterable {
            case addresses
            case identity
            case kernel
            case children

            func probe(_ server: PythonServer) throws -> String {
                switch self {
                case .addresses:
                    let line = try server.program.lines(containing: "workers ")[0]
                    let states = line.split(separator: " ").dropFirst().map { "\"\($0)/share\"" }
                    return "http: [\(states.joined(separator: ", "))]"
                case .identity: return "http: \"\(server.address)/state\", instance: /pid"
                case .kernel: return "http: \"\(server.address)/share\", instances: all"
                case .children:
                    return
                        "http: \"\(server.address)/share\", instances: { pid: \(server.program.pid), children: true }"
                }
            }
        }

        @Test(arguments: Way.allCases)
        func theWholeSumIsRead(way: Way) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try PythonServer("prefork-server.py", in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(
                """
                seed: 3
                target: { url: "\(server.address)/events" }
                scenarios:
                  - name: droppers
                    connections: \(Self.drops)
                    arrival: { rate: 60/s }
                    drop: { stages: [streaming], manners: [rst], delay: 20ms..40ms }
                probes:
                  - { name: state, \(try way.probe(server)), gauges: { clients: /clients } }
                leak: { baseline: 1s, settle: 1s, inactivity: 1s, attributionDrops: 0 }
                thresholds: [leaks == 0]
                """,
                to: "prefork.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.leaks.contains { $0.gauge == "clients" && $0.class == "permanent" }, "\(report.leaks)")
            let gauge = try #require(report.gauge("state", "clients"))
            #expect(gauge.baseline == 0)
            // One worker's share is a third of it.
            #expect(try #require(gauge.peak) >= Double(Self.drops), "\(gauge)")
        }
    }
}
