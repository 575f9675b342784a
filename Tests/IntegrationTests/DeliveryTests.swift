import Testing
import Vocabulary

extension Integration {
    /// What is published through one door of a server is counted at the other.
    @Suite struct DeliveryTests {
        private func run(
            _ transport: String,
            reference: String = "",
            publish: String = ""
        ) throws -> (result: CommandResult, report: RunReport, delivery: RunReport.Delivery) {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                """
                target: { url: "reference/events?topics=news" }
                reference: { heartbeat: 500ms\(reference) }
                publish: { url: "reference/broadcast?topic=news", rate: 40/s, start: 1s, grace: 1s\(publish) }
                scenarios:
                  - { name: listeners, transport: \(transport), connections: 200, arrival: { rate: 400/s }, hold: 6s }
                leak: { baseline: 100ms, settle: 1s }
                """,
                to: "delivery.yaml"
            )
            let (result, report) = try Command.profile(profile, ["--workers", "2"], in: folder)
            return (result, report, try #require(report.delivery?.first))
        }

        @Test(arguments: ["plain", "tls"])
        func lossAndDuplicationAreCountedExactly(transport: String) throws {
            let (result, report, delivery) = try run(transport, reference: ", lose: 37, repeat: 23")
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(delivery.lost == 37)
            #expect(delivery.duplicated == 23)
            #expect(delivery.losers > 10)
            #expect(delivery.lostAtStart == 0)
            #expect(delivery.outOfOrder == 0)
            #expect(delivery.streams == 200)
            #expect(delivery.errors.isEmpty)
            #expect(delivery.received > 30_000)
            #expect(report.findings.contains { $0.id == "events-lost" && $0.title.hasPrefix("37 of ") })
            #expect(report.findings.contains { $0.id == "events-duplicated" && $0.title.hasPrefix("23 events ") })
        }

        @Test func theCleanServerIsNotAccused() throws {
            let (result, _, delivery) = try run("tls")
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(delivery.lost + delivery.duplicated + delivery.outOfOrder + delivery.stale == 0)
            #expect(delivery.accepted > 200)
            #expect(delivery.received > 30_000)
        }

        @Test func whatIsNotAcceptedIsNotLost() throws {
            let (result, report, delivery) = try run("plain", publish: ", method: GET")
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(delivery.accepted == 0)
            #expect(Array(delivery.errors.keys) == ["HTTP_405"])
            #expect(try #require(delivery.errors["HTTP_405"]) > 200)
            #expect(delivery.lost == 0)
            #expect(report.findings.contains { $0.id == "publish-failures" })
            #expect(!report.findings.contains { $0.id == "events-lost" || $0.id == "nothing-delivered" })
        }
    }
}
