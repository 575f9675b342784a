import EventLoop
import Foundation
import Glibc
import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite(Turn.sideBySide) struct LoadJobTests {
    private func job(_ port: UInt16) throws -> LoadJob {
        let profile = try Made.profile("http://127.0.0.1:\(port)/", [Made.dropping(1, at: [.connected])])
        let builder = EndpointBuilder(profile: profile, reference: nil)
        let endpoint = try builder.endpoint(profile.scenarios[0])
        let plan = ScenarioPlan(profile.scenarios[0], tls: false, seed: 1)
        let settings = LoadSettings(heartbeat: nil, limits: LimitOptions())
        return try LoadJob(
            LoadGenerator(
                scenarios: [LoadScenario(plan: plan, endpoint: endpoint)],
                workerCount: 1,
                settings: settings
            )
        )
    }

    private func finish(_ job: LoadJob) throws -> LoadRecord {
        while !job.isDone { Thread.sleep(forTimeInterval: 0.001) }
        return try job.result()
    }

    /// The address space that this process has mapped, in bytes.
    private func addressSpace() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).prefix { $0 != " " }
        return try #require(Int(pages)) * sysconf(Int32(_SC_PAGESIZE))
    }

    @Test func tellsWhatTheLoadCameTo() throws {
        let server = try ScriptedServer { connection in connection.readToEnd() }
        #expect(try finish(job(server.port)).connections.dropped == 1)
    }

    /// A thread that nobody joins keeps its stack: eight mebibytes of address space.
    @Test func leavesNoStackBehind() throws {
        let closed = try ScriptedServer { _ in nil }
        closed.stop()
        let before = try addressSpace()
        for _ in 0..<400 { _ = try finish(job(closed.port)) }
        #expect(try addressSpace() - before < 2 << 30)
    }
}
