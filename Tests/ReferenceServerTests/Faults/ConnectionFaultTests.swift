import EventLoop
import Glibc
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

/// The faults that need a server and its sockets.
@Suite(Turn.sideBySide) struct ConnectionFaultTests {
    /// Opens the window, sends a request, drops the connection within, and waits until the window is over.
    private func dropInTheWindow(_ fixture: ServerFixture, tls: Bool = false) throws {
        let client = try fixture.client(tls: tls)
        try client.sendRequest("GET", "/events")
        #expect(try fixture.eventually { try fixture.gauge("timers") == 1 })
        try client.drop(.fin)
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        // A registration that began later ends later.
        let (last, _) = try fixture.stream()
        last.close()
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
    }

    @Test(arguments: [[], [Fault.racyRegistry], [.slotBeforeBody], [.writeErrorSwallowed]], [false, true])
    func closeInTheWindowLeaks(faults: [Fault], tls: Bool) throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.raceWindow = 200 * .perMillisecond
            $0.faults.names = Set(faults)
        }
        try dropInTheWindow(fixture, tls: tls)
        #expect(try fixture.gauge("clients") == (Faults(Set(faults)).insertsLate ? 1 : 0))
        #expect(try fixture.gauge("slots") == (faults == [.slotBeforeBody] ? 1 : 0))
    }

    @Test func lateCloseHandlerIsBoundedByTheTimer() throws {
        let fixture = try ServerFixture {
            $0.raceWindow = 200 * .perMillisecond
            $0.inactivity = 1 * .perSecond
            $0.faults.names = [.lateCloseHandler]
        }
        try dropInTheWindow(fixture)
        #expect(try fixture.gauge("clients") == 1)
        #expect(try fixture.eventually { try fixture.gauge("clients") == 0 })
        #expect(try fixture.gauge("timers") == 0)
    }

    @Test(arguments: [false, true])
    func slotIsGivenBackWithinTheBody(tls: Bool) throws {
        let fixture = try ServerFixture {
            $0.tlsPort = 0
            $0.faults.names = [.slotBeforeBody]
        }
        let (client, _) = try fixture.stream(tls: tls)
        #expect(try fixture.eventually { try fixture.gauge("slots") == 1 })
        client.close()
        #expect(try fixture.eventually { try fixture.gauge("slots") == 0 })
    }

    @Test(arguments: [Manner.fin, .rst], [true, false])
    func nobodyIsToldOfACloseButTheTimer(manner: Manner, streams: Bool) throws {
        let fixture = try ServerFixture {
            $0.faults.names = [.closeNeverFires]
            $0.inactivity = 1 * .perSecond
        }
        if streams {
            try fixture.stream("?topics=a").client.drop(manner)
        } else {
            let client = try fixture.client()
            try client.sendRequest("GET", "/events?topics=a")
            try client.drop(manner)
        }
        #expect(
            try fixture.eventually { try fixture.gauge("sockets") == 1 && fixture.metric("sse_requests_total") > 1 }
        )
        #expect(try fixture.eventually { try fixture.gauge("clients") == 1 })
        #expect(try fixture.gauge("slots") == 0)
        #expect(try fixture.eventually { try fixture.gauge("clients") == 0 })
        #expect(try fixture.observer.request("GET", "/debug/state").body == ServerFixture.emptyState)
    }

    /// The first write to a client that has gone succeeds, and nothing else tells.
    @Test(arguments: [Manner.fin, .rst]) func aSecondWriteNotices(manner: Manner) throws {
        let fixture = try ServerFixture {
            $0.faults.names = [.secondWriteNotices]
            $0.inactivity = 200 * .perMillisecond
        }
        try fixture.stream("?topics=a").client.drop(manner)
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        _ = try fixture.observer.request("POST", "/broadcast?topic=a", body: "one")
        #expect(try fixture.gauge("clients") == 1)
        _ = try fixture.observer.request("POST", "/broadcast?topic=a", body: "two")
        #expect(try fixture.eventually { try fixture.gauge("clients") == 0 })
        #expect(try fixture.gauge("slots") == 0)
    }

    @Test func slotsAreUsedUp() throws {
        let fixture = try ServerFixture {
            $0.raceWindow = 300 * .perMillisecond
            $0.faults.names = [.slotsUsedUp]
        }
        let slots = Faults([.slotsUsedUp]).slots
        for _ in 0..<slots {
            let client = try fixture.client()
            try client.sendRequest("GET", "/events")
            #expect(try fixture.eventually { try fixture.gauge("timers") == 1 })
            try client.drop(.fin)
            #expect(try fixture.eventually { try fixture.gauge("timers") == 0 })
        }
        #expect(try fixture.eventually { try fixture.gauge("slots") == slots })
        #expect(try fixture.observer.request("GET", "/events").status == 503)
    }

    @Test func queueGrowsPastTheLimit() throws {
        let fixture = try ServerFixture { $0.faults.names = [.unboundedQueue] }
        let (slow, _) = try fixture.stream("?topics=a")
        let body = String(repeating: "x", count: ReferenceServerLimits.bodyBytes)
        var rounds = 0
        while try fixture.gauge("queuedBytes") <= 2 * ReferenceServerLimits.queuedBytes, rounds < 1_000 {
            _ = try fixture.observer.request("POST", "/broadcast?topic=a", body: body)
            rounds += 1
        }
        #expect(rounds < 1_000)
        #expect(try fixture.gauge("clients") == 1)
        #expect(try fixture.metric("sse_slow_clients_total") == 0)
        slow.close()
        #expect(try fixture.eventually { try fixture.gauge("queuedBytes") == 0 })
    }

    @Test func healthyQuietStreamIsEnded() throws {
        let fixture = try ServerFixture {
            $0.faults.names = [.quietKill]
            $0.heartbeat = 20 * .perMillisecond
            $0.inactivity = 300 * .perMillisecond
        }
        let (client, _) = try fixture.stream()
        let text = try client.readToEnd()
        #expect(text.contains(": heartbeat"))
        #expect(text.hasSuffix("0\r\n\r\n"))
    }

    @Test(arguments: [true, false]) func streamThatIsTooOldIsCut(hasHeartbeats: Bool) throws {
        let fixture = try ServerFixture {
            $0.faults.names = [.cutAtAge]
            $0.faults.delay = 200 * .perMillisecond
            $0.heartbeat = hasHeartbeats ? 20 * .perMillisecond : nil
        }
        let start = MonotonicClock.now()
        let (client, _) = try fixture.stream()
        let text = try client.readToEnd()
        #expect(MonotonicClock.now() - start >= 190 * .perMillisecond)
        #expect(text.contains(": heartbeat") == hasHeartbeats)
        #expect(!text.contains("retry"))
        #expect(!text.hasSuffix("0\r\n\r\n"), "the body has no end")
    }

    @Test func streamThatIsRecycledEndsInGoodOrder() throws {
        let fixture = try ServerFixture {
            $0.faults.names = [.recycles]
            $0.faults.delay = 200 * .perMillisecond
            $0.heartbeat = 20 * .perMillisecond
        }
        let client = try fixture.client(tls: false)
        try client.sendRequest("GET", "/events")
        let text = try client.readToEnd()
        #expect(text.contains("retry: 1000"))
        #expect(text.contains(": heartbeat"))
        #expect(text.hasSuffix("0\r\n\r\n"))
        #expect(try fixture.eventually { try fixture.gauge("clients") == 0 })
    }

    @Test func streamWithoutHeartbeatsIsQuiet() throws {
        let fixture = try ServerFixture {
            $0.faults.names = [.noHeartbeat]
            $0.heartbeat = 10 * .perMillisecond
            $0.inactivity = 300 * .perMillisecond
        }
        let (client, _) = try fixture.stream()
        let text = try client.readToEnd()
        #expect(text.hasSuffix("0\r\n\r\n"))
        #expect(!text.contains("heartbeat"))
        #expect(try fixture.metric("sse_heartbeats_total") == 0)
    }

    @Test func connectionsAreAcceptedLate() throws {
        let before = MonotonicClock.now()
        let fixture = try ServerFixture { $0.faults.names = [.slowAccept] }
        #expect(try fixture.observer.request("GET", "/healthz").status == 200)
        let first = MonotonicClock.now()
        #expect(first - before >= Faults.acceptDelay)
        // The listener is looked at again after the first.
        #expect(try fixture.client().request("GET", "/healthz").status == 200)
        #expect(MonotonicClock.now() - first >= Faults.acceptDelay)
    }

    @Test func resetWhileStreamingKillsTheProcess() async {
        await #expect(processExitsWith: .signal(SIGABRT)) {
            let fixture = try ServerFixture { $0.faults.names = [.crashOnReset] }
            try fixture.stream().client.drop(.rst)
            _ = try? fixture.observer.readToEnd()
        }
    }

    @Test func resetElsewhereIsSurvived() throws {
        let fixture = try ServerFixture { $0.faults.names = [.crashOnReset] }
        let waiting = try fixture.client()
        try waiting.send("GET /events HTTP/1.1\r\n")
        try waiting.drop(.rst)
        try fixture.stream().client.drop(.fin)
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
    }

    @Test func theWholeServerPausesOnce() throws {
        let fixture = try ServerFixture {
            $0.heartbeat = 50 * .perMillisecond
            $0.faults = Faults([.serverPause], delay: 300 * .perMillisecond)
        }
        let (client, _) = try fixture.stream()
        defer { client.close() }
        var longest: Nanoseconds = 0
        let end = MonotonicClock.now() + 4 * .perSecond
        while MonotonicClock.now() < end {
            let asked = MonotonicClock.now()
            #expect(try fixture.observer.request("GET", "/healthz").status == 200)
            longest = max(longest, MonotonicClock.now() - asked)
            usleep(20_000)
        }
        #expect(longest >= ServerPause.length - 200 * .perMillisecond)
        // Nobody has expired meanwhile, and there is no second pause.
        #expect(try fixture.gauge("clients") == 1)
    }

    @Test func aReaderThatDoesNotReadStallsAllUntilItLeaves() throws {
        let fixture = try ServerFixture {
            $0.tokens = 1_000_000
            $0.tokenRate = 20_000
            $0.faults.names = [.frozenReaderStallsAll]
        }
        nonisolated(unsafe) let frozen = try fixture.client()
        try frozen.sendRequest("POST", "/v1/chat/completions")
        usleep(3_000_000)
        let leaving = Locked<Nanoseconds>(0)
        let leaver = try OperatingSystemThread(name: "leaver") {
            usleep(700_000)
            leaving.withLock { $0 = MonotonicClock.now() }
            frozen.close()
        }
        defer { leaver.join() }
        #expect(try fixture.client().request("GET", "/healthz").status == 200)
        let answered = MonotonicClock.now()
        #expect(leaving.withLock { $0 > 0 && $0 <= answered })
    }

    @Test(arguments: [Manner.fin, .rst]) func aClientThatLeftKillsTheProcessLater(manner: Manner) async {
        await #expect(processExitsWith: .signal(SIGALRM)) { [manner] in
            let fixture = try ServerFixture { $0.faults.names = [.lateCrash] }
            try fixture.stream().client.drop(manner)
            // It still answers, and dies then.
            guard try fixture.observer.request("GET", "/healthz").status == 200 else { return }
            usleep(2_000_000)
        }
    }

    @Test func aClientThatNeverStreamedLeavesItAlive() async {
        await #expect(processExitsWith: .success) {
            let fixture = try ServerFixture { $0.faults.names = [.lateCrash] }
            let waiting = try fixture.client()
            try waiting.send("GET /events HTTP/1.1\r\n")
            try waiting.drop(.rst)
            usleep(1_500_000)
        }
    }
}
