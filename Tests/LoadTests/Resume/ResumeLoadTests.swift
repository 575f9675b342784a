import Load
import Record
import ReferenceServer
import RunProfile
import TestTurns
import Testing
import Vocabulary

/// Clients that come back to the reference server while a publisher goes on.
@Suite(Turn.sideBySide) struct ResumeLoadTests {
    private func run(_ faults: Set<Fault>) throws -> ResumeCounts {
        var options = ReferenceServerOptions()
        options.port = 0
        options.faults = Faults(faults)
        let server = try ReferenceServer(options)
        let port = try #require(try server.start().first).port
        defer { server.stop() }
        var scenario = Made.holding(5, for: 3_500 * .perMillisecond)
        var reconnect = ReconnectOptions()
        reconnect.after = 300 * .perMillisecond
        reconnect.jitter = 0...0
        reconnect.drop = ReconnectOptions.MassDrop(moments: [.perSecond])
        scenario.reconnect = reconnect
        var publisher = try Made.publisher(port, rate: 50, path: "/broadcast?topic=news")
        publisher.grace = 500 * .perMillisecond
        let generator = try LoadGenerator(
            scenarios: [
                LoadScenario(
                    plan: ScenarioPlan(scenario, tls: false, seed: 7),
                    endpoint: Made.endpoint(
                        port,
                        request: Made.request.replacing("/events ", with: "/events?topics=news ")
                    )
                )
            ],
            workerCount: 1,
            settings: LoadSettings(heartbeat: nil, limits: LimitOptions()),
            publishers: [publisher]
        )
        let record = try generator.run()
        #expect(record.reconnect?.returned == 5)
        #expect(record.connections.completed == 5)
        return try #require(record.reconnect?.resume)
    }

    @Test func aServerThatResumesLosesAndRepeatsNothing() throws {
        let resume = try run([])
        #expect(resume.resumed == 5)
        #expect(resume.replayed >= 5)
        #expect(resume.missing == 0)
        #expect(resume.repeated == 0)
    }

    /// Each resumed stream lacks exactly one.
    @Test func eachLossIsCounted() throws {
        let resume = try run([.lostOnResume])
        #expect(resume.lost == 5)
        #expect(resume.repeated == 0)
    }

    @Test func eachRepetitionIsCounted() throws {
        let resume = try run([.duplicateOnResume])
        #expect(resume.repeated == 5)
        #expect(resume.missing == 0)
    }
}
