import EventLoop
import Foundation
import Testing
import Vocabulary

extension Integration {
    /// The metrics of a run, as Prometheus reads them.
    @Suite struct MetricsTests {
        private static let profile = """
            target: { url: reference }
            scenarios:
              - { name: held, connections: 20, hold: 60s }
              - { name: lost, connections: 2, hold: 1s, url: "http://127.0.0.1:1/" }
            leak: { baseline: 100ms, settle: 200ms }
            thresholds: [errors.rate < 1%]
            """

        /// Starts a run that lasts, and waits until its streams are open.
        private func run(in folder: TemporaryFolder) throws -> (run: RunningProgram, port: UInt16) {
            let profile = try folder.write(Self.profile, to: "held.yaml")
            let words = ["run", profile, "--metrics-port", "0", "--report-dir", folder.file("report")]
            let run = try RunningProgram(try Program.hydrotest(), words, in: folder)
            do {
                let port = try Polling.wait(for: "the metrics' address") {
                    run.errorOutput.firstMatch(of: /metrics: http:\/\/127\.0\.0\.1:(\d+)\/metrics/).flatMap {
                        UInt16($0.1)
                    }
                }
                // The probe reads them a moment after they have opened.
                let reading = "hydrotest_reading{gauge=\"clients\",probe=\"state\",unit=\"count\"} 20.0\n"
                try Polling.wait(for: "twenty streams") {
                    let page = try Loopback.get("/metrics", port: port)
                    return page.contains("\nhydrotest_streams_open 20.0\n") && page.contains(reading) ? () : nil
                }
                return (run, port)
            } catch {
                run.stop()
                throw error
            }
        }

        @Test(.needs(.promtool)) func promtoolFindsNothing() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (run, port) = try run(in: folder)
            defer { run.stop() }
            let page = try Loopback.get("/metrics", port: port)
            #expect(page.contains("\nhydrotest_connections_failed_total 2\n"))
            #expect(page.contains("hydrotest_threshold_broken{expression=\"errors.rate < 1%\"} 1.0\n"))
            let file = try folder.write(page, to: "page.txt")
            let result = try Command.run(
                named: "sh",
                ["-c", "promtool check metrics < \"$1\"", "sh", file],
                in: folder
            )
            #expect(result.exitCode == 0)
            #expect(result.output + result.errorOutput == "")
            // Interrupted, it says what it has.
            run.send(SIGINT)
            #expect(try run.wait(timeout: 30 * .perSecond) == 130)
            #expect(!Loopback.accepts(port))
        }

        @Test(.needs(.prometheus)) func prometheusScrapesIt() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (run, port) = try run(in: folder)
            defer { run.stop() }
            let configuration = try folder.write(
                """
                global: { scrape_interval: 200ms, scrape_timeout: 200ms }
                scrape_configs:
                  - { job_name: hydrotest, static_configs: [{ targets: ["127.0.0.1:\(port)"] }] }
                """,
                to: "prometheus.yml"
            )
            let own = try FreePort.take(1)[0]
            let server = try RunningProgram(
                try #require(Program.path("prometheus")),
                [
                    "--config.file=\(configuration)", "--storage.tsdb.path=\(folder.file("data"))",
                    "--web.listen-address=127.0.0.1:\(own)", "--log.level=warn",
                ],
                in: folder
            )
            defer { server.stop() }
            let query = "/api/v1/query?query=hydrotest_events_total"
            let answer = try Polling.wait(for: "a scrape: \(server.errorOutput)", timeout: 60 * .perSecond) {
                let text = Loopback.accepts(own) ? try? Loopback.get(query, port: own) : nil
                return text.flatMap { $0.contains("hydrotest_events_total\"") ? $0 : nil }
            }
            #expect(answer.contains("\"success\""))
            let targets = try Loopback.get("/api/v1/targets", port: own)
            #expect(targets.contains("\"lastError\":\"\""))
            #expect(targets.contains("\"health\":\"up\""))
            #expect(!server.errorOutput.contains("level=warn"))
        }

        @Test func aPortThatIsTakenIsSaidBeforeTheRun() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (run, port) = try run(in: folder)
            defer { run.stop() }
            let result = try Command.hydrotest(["run", "held.yaml", "--metrics-port", "\(port)"], in: folder)
            #expect(result.exitCode == 70)
            #expect(result.errorOutput.contains("EADDRINUSE; name another port"))
        }
    }
}
