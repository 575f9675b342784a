import Testing

extension Integration {
    /// Servers that lose messages each in a way of its own, which the finding names.
    @Suite struct DeliveryPatternTests {
        /// A way to lose messages, and the words that name it.
        struct Bug: Sendable, CustomStringConvertible {
            let name: String
            /// The words of its pattern.
            let words: String
            let scenarios: String

            var description: String { name }
        }

        private static let watchers = """
              - { name: watchers, connections: 3, arrival: { rate: 100/s }, hold: 4500ms }
            """

        private static let bugs = [
            Bug(name: "queue", words: " 3 streams: one queue for all?", scenarios: watchers),
            Bug(
                name: "producer",
                words: ": nothing reached anybody after stream 1 of first left at ",
                scenarios: """
                      - { name: first, connections: 1, arrival: { rate: 1/s }, hold: 3s }
                      - { name: others, start: 300ms, connections: 2, arrival: { rate: 100/s }, hold: 5s }
                    """
            ),
            Bug(
                name: "replay",
                words: ": the loss sits right behind a resume: the server replays, then subscribes",
                scenarios: """
                      - name: returners
                        connections: 4
                        arrival: { rate: 100/s }
                        hold: 5s
                        reconnect: { after: 300ms, jitter: 0ms..100ms, drop: { at: [1500ms, 3s], manner: fin } }
                    """
            ),
        ]

        private func run(
            _ bug: Bug,
            isFixed: Bool,
            in folder: TemporaryFolder
        ) throws -> (result: CommandResult, report: RunReport) {
            let node = try #require(Program.path("node"))
            let server = try RunningProgram(
                node,
                [Program.server("delivery-server.js")],
                in: folder,
                environment: ["BUG": isFixed ? "" : bug.name]
            )
            defer { server.stop() }
            let address = try server.lines(containing: "http://")[0]
            let profile = try folder.write(
                """
                target: { url: "\(address)/events" }
                publish: { url: "\(address)/publish", rate: 25/s, start: 500ms, grace: 500ms, body: "${seq}" }
                scenarios:
                \(bug.scenarios)
                leak: { baseline: 100ms, settle: 100ms }
                """,
                to: "pattern.yaml"
            )
            return try Command.profile(profile, ["--workers", "2"], in: folder)
        }

        @Test(.needs(.node), arguments: bugs)
        func thePatternOfTheLossIsNamed(bug: Bug) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (result, report) = try run(bug, isFixed: false, in: folder)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            let finding = try #require(report.findings.first { $0.id == "events-lost" }, "\(result.output)")
            #expect(finding.title.contains(bug.words), "\(finding.title) \(finding.evidence)")
            for other in Self.bugs where other.name != bug.name { #expect(!finding.title.contains(other.words)) }
        }

        @Test(.needs(.node), arguments: bugs)
        func itsFixedTwinIsNotAccused(bug: Bug) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (result, report) = try run(bug, isFixed: true, in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            let delivery = try #require(report.delivery?.first)
            #expect(delivery.lost == 0)
            #expect(delivery.received > 100)
            #expect(!report.findings.contains { $0.id == "events-lost" })
        }
    }
}
