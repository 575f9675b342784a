import EventLoop
import EventStream
import HTTP
import Record
import RunProfile
import Transport
import Vocabulary

/// A connection's way from its arrival to its sent request.
extension Worker {
    /// Starts the connections whose moment has come, and sets the timer for the next.
    func startDueConnections() {
        guard !isClosed else { return }
        for _ in 0..<Self.startsPerTurn {
            guard let next = arrivals.next else { return }
            let scheduled = started + next.arrival
            guard scheduled <= MonotonicClock.now() else { break }
            arrivals.advance()
            start(next, scheduled: scheduled)
        }
        awaitNextArrival()
    }

    /// Sets the timer for the next connection.
    private func awaitNextArrival() {
        guard let next = arrivals.next else { return }
        // Later than this turn's moment, or the timer would be due again within the turn, as often as the loop is late.
        loop.timers.set(Self.arrivalTimer, at: max(started + next.arrival, loop.turnStarted + 1))
    }

    /// Lets the place of a connection that is gone be taken, where its scenario keeps a number of them alive.
    func replace(scenario: Int) {
        guard !isClosed, arrivals.fallFree(scenario: scenario, at: MonotonicClock.now() - started) else { return }
        awaitNextArrival()
    }

    private func start(_ next: ArrivalQueue.Next, scheduled: Nanoseconds) {
        let plan = scenarios[next.scenario].plan
        let script = plan.script(at: next.index)
        shares[next.scenario].connections.attempted += 1
        silences.noteAsked(at: loop.turnStarted)
        if MonotonicClock.now() - scheduled > Self.lateArrival { shares[next.scenario].lateArrivals += 1 }
        let request = draws[next.scenario][next.index]
        let cookie = scenarios[next.scenario].endpoint.cookie(of: request)
        cookieUses[next.scenario].start(cookie)
        let stream: ByteStream
        do {
            stream = try connect(scenario: next.scenario, index: next.index, stop: script.stop)
        } catch {
            let occurrence = occurrence(
                stage: .connecting,
                scheduled: scheduled,
                position: UInt64(next.index),
                sharesCookie: cookieUses[next.scenario].isShared(cookie)
            )
            countFailure(error.name, of: next.scenario, occurrence)
            return replace(scenario: next.scenario)
        }
        stallAlone.noteStart()
        let (slot, generation) = slab.take()
        var connection = Connection(
            stream: stream,
            parser: EventStreamParser(limitBytes: settings.limits.eventBytes),
            ending: script.ending,
            hasExtras: needsExtras[next.scenario] || script.event != nil
        )
        connection.phase = .connecting
        connection.generation = generation
        connection.scenario = UInt16(next.scenario)
        if let event = script.event { connection.tally.dropAt = UInt32(event) }
        connection.reading = plan.scenario.read == .full ? .full : .slow
        connection.request = UInt32(request)
        connection.scheduled = scheduled
        if plan.scenario.reconnect != nil { connection.reconnection.isWanted = true }
        connection.index = UInt32(next.index)
        (slab.base + slot).initialize(to: connection)
        loop.timers.set(slot + 1, at: MonotonicClock.now() + plan.scenario.timeout)
        do {
            try loop.add(
                stream.descriptor,
                for: [.readable, .writable, .peerClosed, .edgeTriggered],
                token: token(slot)
            )
        } catch {
            return fail(slot, error.name)
        }
        _ = reach(.connecting, slot)
    }

    /// Sends a connection attempt of a scenario's connection.
    ///
    /// - Throws: what the system calls name at once.
    func connect(scenario: Int, index: Int, stop: Stage?) throws(SystemError) -> ByteStream {
        let endpoint = scenarios[scenario].endpoint
        let source = endpoint.sources.isEmpty ? nil : endpoint.sources[index % endpoint.sources.count]
        // Every pair of a source and a target has a port range of its own.
        let round = index / max(1, endpoint.sources.count)
        return try ByteStream.connect(
            to: endpoint.targets[round % endpoint.targets.count],
            from: source,
            tls: endpoint.tls,
            resuming: sessions[scenario],
            stop: stop
        )
    }

    /// Goes on with a connection that epoll reports.
    func ready(_ slot: Int, _ readiness: Readiness) {
        let connection = slab.base + slot
        switch connection.pointee.phase {
        case .free, .stopped, .waiting: break
        case .stalled: ready(stalled: slot, readiness)
        case .refused: readAnswer(slot)
        case .connecting:
            connected(slot)
            readEarlyAnswer(slot, readiness)
        case .handshaking:
            handshake(slot)
            readEarlyAnswer(slot, readiness)
        case .requesting:
            sendRequest(slot)
            readEarlyAnswer(slot, readiness)
        case .awaitingHead, .streaming:
            // A plain socket that can be written to brings nothing; a session may have waited for that.
            if connection.pointee.stream.isTLS || readiness != .writable { read(slot, readiness) }
        case .resting: ready(resting: slot, readiness)
        case .halfClosed: discard(slot)
        }
    }

    /// Reads what the same readiness brought, which gives no further edge: the server may answer, or end, before it has
    /// read the request.
    private func readEarlyAnswer(_ slot: Int, _ readiness: Readiness) {
        let connection = slab.base + slot
        guard connection.pointee.phase == .requesting || connection.pointee.phase == .awaitingHead else { return }
        guard !readiness.isDisjoint(with: [.readable, .peerClosed]) || connection.pointee.stream.hasBuffered else {
            return
        }
        read(slot, readiness)
    }

    private func connected(_ slot: Int) {
        let connection = slab.base + slot
        if let failure = connection.pointee.stream.connectError() { return fail(slot, failure.name) }
        connection.pointee.connectedAt = moment
        share(slot).pointee.latency[.connect].record(elapsed(since: connection.pointee.scheduled))
        if reach(.connected, slot) { return }
        if connection.pointee.stream.isTLS {
            connection.pointee.phase = .handshaking
            handshake(slot)
        } else {
            connection.pointee.phase = .requesting
            sendRequest(slot)
        }
    }

    private func handshake(_ slot: Int) {
        let connection = slab.base + slot
        let result = connection.pointee.stream.handshake()
        connection.pointee.stage = max(connection.pointee.stage, connection.pointee.stream.handshakeStage)
        switch result {
        case .wouldBlock: break
        case .stopped: _ = reach(connection.pointee.stop ?? connection.pointee.stage, slot)
        case .failed(let failure): fail(slot, failure.name)
        case .established:
            share(slot).pointee.latency[.tlsHandshake].record(elapsed(since: connection.pointee.connectedAt))
            if connection.pointee.stream.isResumed { share(slot).pointee.resumedHandshakes? += 1 }
            if reach(.tlsEstablished, slot) { return }
            connection.pointee.phase = .requesting
            sendRequest(slot)
        }
    }

    private func sendRequest(_ slot: Int) {
        let connection = slab.base + slot
        let request = request(slot)
        let end = connection.pointee.stop == .requestPartial ? request.count / 2 : request.count
        while Int(connection.pointee.sent) < end {
            let rest = UnsafeRawBufferPointer(rebasing: request[Int(connection.pointee.sent)..<end])
            // The server may be at work before this call returns, even in its place on the same processor.
            if settings.timesDrops, !connection.pointee.isTimed { connection.pointee.stoppedAt = MonotonicClock.now() }
            switch connection.pointee.stream.write(rest) {
            case .bytes(let count): connection.pointee.sent += UInt32(count)
            case .wouldBlock: return
            case .end: return fail(slot, EndedEarly.beforeHeaders.rawValue)
            case .failed(let failure): return fail(slot, failure.name)
            }
        }
        if reach(.requestPartial, slot) || reach(.requestSent, slot) { return }
        connection.pointee.phase = .awaitingHead
    }

    /// Nanoseconds from an earlier moment to that of what is being handled.
    func elapsed(since earlier: Nanoseconds) -> Nanoseconds {
        moment > earlier ? moment - earlier : 0
    }
}
