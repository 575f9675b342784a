import EventLoop
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

/// The faults that make a clean server's state hard to read.
@Suite(Turn.sideBySide) struct StateFaultTests {
    @Test func aCachedStateSeesAStreamLate() throws {
        let fixture = try ServerFixture { $0.faults.names = [.cachedState] }
        let start = MonotonicClock.now()
        #expect(try fixture.gauge("clients") == 0)
        let (stream, _) = try fixture.stream()
        defer { stream.close() }
        let seen = try fixture.gauge("clients")
        // On a machine that stands still the answer may be too old already.
        if MonotonicClock.now() - start < Faults.cacheTime { #expect(seen == 0) }
        #expect(try fixture.eventually { try fixture.gauge("clients") == 1 })
        #expect(MonotonicClock.now() - start >= Faults.cacheTime)
    }

    @Test func aPoolFillsAndStaysFull() throws {
        let fixture = try ServerFixture { $0.faults.names = [.poolWarmUp] }
        #expect(try fixture.gauge("pool") == 0)
        for number in 1...Faults.poolLimit + 3 {
            let (stream, _) = try fixture.stream()
            stream.close()
            #expect(try fixture.gauge("pool") == min(number, 60))
        }
        #expect(try fixture.eventually { try fixture.gauge("clients") == 0 })
        #expect(try fixture.gauge("pool") == 60)
    }

    @Test func aCounterIsToldAmongTheCounts() throws {
        let fixture = try ServerFixture { $0.faults.names = [.counterAsGauge] }
        for number in 1...5 {
            let (stream, _) = try fixture.stream()
            stream.close()
            #expect(try fixture.gauge("opened") == number)
        }
    }

    @Test func blindCountsStayZero() throws {
        let fixture = try ServerFixture { $0.faults.names = [.blindGauge, .counterAsGauge, .racyRegistry] }
        let (stream, _) = try fixture.stream("?topics=a")
        defer { stream.close() }
        for name in ["clients", "timers", "subscriptions", "sockets", "slots", "topics", "opened"] {
            #expect(try fixture.gauge(name) == 0)
        }
        #expect(try fixture.metric("sse_clients") == 0)
        // The stream itself is served.
        #expect(try fixture.observer.request("POST", "/broadcast?topic=a", body: "x").body == "{\"reached\":1}\n")
    }

    @Test func connectionsMeetTheWorkersInTurn() throws {
        let fixture = try ServerFixture { $0.faults.names = [.preforkState] }
        let streams = try (0..<4).map { _ in try fixture.stream("?topics=a").client }
        defer { for stream in streams { stream.close() } }
        var shares: [String: Int] = [:]
        for _ in 0..<2 * Faults.workers {
            let client = try fixture.client()
            defer { client.close() }
            let state = try client.request("GET", "/debug/state").body
            let pid = try #require(state.firstMatch(of: /"pid":(\d+)/)?.1)
            let clients = try #require(state.firstMatch(of: /"clients":(\d+)/).flatMap { Int($0.1) })
            // A connection that is kept meets the same worker again.
            let again = try client.request("GET", "/debug/state").body
            #expect(again.firstMatch(of: /"pid":(\d+)/)?.1 == pid)
            #expect(shares[String(pid)] == nil || shares[String(pid)] == clients)
            shares[String(pid)] = clients
        }
        #expect(shares.count == Faults.workers)
        #expect(shares.values.reduce(0, +) == streams.count)
    }

    @Test func clientsThatEndedStayUntilTheSweep() {
        let sweep = 10 * Faults.sweepTime
        var clients = UncollectedClients()
        clients.add(0, at: sweep)
        clients.add(2, at: sweep + Faults.sweepTime - 1)
        #expect(left(&clients, of: nil, at: sweep + Faults.sweepTime - 1) == 2)
        #expect(left(&clients, of: 2, at: sweep + Faults.sweepTime - 1) == 1)
        #expect(left(&clients, of: 1, at: sweep + Faults.sweepTime - 1) == 0)
        #expect(left(&clients, of: nil, at: sweep + Faults.sweepTime) == 0)
        clients.add(1, at: sweep + Faults.sweepTime)
        #expect(left(&clients, of: 1, at: sweep + Faults.sweepTime) == 1)
    }

    private func left(_ clients: inout UncollectedClients, of worker: Int?, at now: Nanoseconds) -> Int {
        clients.count(of: worker, at: now)
    }
}
