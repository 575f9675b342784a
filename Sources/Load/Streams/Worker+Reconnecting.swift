import EventLoop
import EventStream
import Record
import RunProfile
import Transport
import Vocabulary

/// Held clients whose streams are closed, and who come back: the way of a browser (HTML, 9.2.3), with one difference.
///
/// A browser gives up at any status but 200. A client of a load comes back, but for 204, as it is the server's restart
/// behind a proxy that is to be watched to its end; what was answered is counted by its name.
extension Worker {
    private static let noContent = "HTTP_204"

    /// Makes out of a stream's closure, or a failed attempt to come back, a wait.
    ///
    /// - Parameters:
    ///   - cause: the error's name, or how the stream was closed.
    ///   - massDrop: the position of the mass drop that closed the stream, which has no descriptor any more.
    /// - Returns: false where the client does not come back, and nothing has been done.
    func comesBack(_ slot: Int, after cause: String, massDrop: Int16? = nil) -> Bool {
        let connection = slab.base + slot
        guard connection.pointee.reconnection.isWanted, connection.pointee.holdEnd != .max else {
            return false
        }
        if massDrop == nil { connection.pointee.stream.close() }
        leaveOpenStreams(slot)
        if connection.pointee.tally.events > 0 { noteFollowedEnd(slot) }
        let now = MonotonicClock.now()
        if connection.pointee.isAway {
            connection.pointee.reconnection.failures += 1
            note(slot, now, { $0.failures[cause, default: 0] += 1 }, window: { $0.failed += 1 })
        } else {
            connection.pointee.reconnection.closedAt = now
            connection.pointee.reconnection.massDrop = massDrop
            note(slot, now, { $0.closed[cause, default: 0] += 1 }, window: { $0.closed += 1 })
        }
        goOn(slot, after: cause, at: now)
        return true
    }

    /// Waits for the next attempt, where there is to be one.
    private func goOn(_ slot: Int, after cause: String, at now: Nanoseconds) {
        let connection = slab.base + slot
        guard let options = scenarios[Int(connection.pointee.scenario)].plan.scenario.reconnect else { return }
        let reconnection = connection.pointee.reconnection
        if cause == Self.noContent { return leave(slot, now, name: nil) { $0.toldToStop += 1 } }
        if now >= connection.pointee.holdEnd { return leaveAway(slot, now) }
        if let attempts = options.attempts, reconnection.failures >= attempts {
            return leave(slot, now, name: EndedEarly.gaveUp.rawValue) { $0.gaveUp += 1 }
        }
        let told = options.honourRetry ? reconnection.retry.map { Nanoseconds($0) * .perMillisecond } : nil
        let plan = scenarios[Int(connection.pointee.scenario)].plan
        let jitter = plan.reconnectJitter(of: Int(connection.pointee.index), wait: Int(reconnection.waits))
        let wait = max(Reconnection.shortestWait, (told ?? options.after) + jitter)
        connection.pointee.beginAnew()
        connection.pointee.reconnection.waits &+= 1
        connection.pointee.scheduled = now + wait
        loop.timers.set(slot + 1, at: min(now + wait, connection.pointee.holdEnd))
    }

    /// Starts the next connection of a client whose wait is over.
    func attemptReturn(_ slot: Int) {
        let connection = slab.base + slot
        let now = MonotonicClock.now()
        if isAwayTooLong(slot) { return leaveAway(slot, now) }
        // A crowd must not starve the streams that are open.
        guard reconnector.attempts < Self.startsPerTurn else {
            return loop.timers.set(slot + 1, at: loop.turnStarted + 1)
        }
        reconnector.attempts += 1
        let late = now > connection.pointee.scheduled + Self.lateArrival
        note(slot, now) { record in
            record.attempts += 1
            if late { record.late += 1 }
        } window: {
            $0.attempts += 1
        }
        let id = connection.pointee.parser.lastEventID
        let obstacle = sendsLastEventID(slot) ? LastEventID.obstacle(id) : nil
        if let obstacle { share(slot).pointee.reconnect?.unsentIDs[obstacle, default: 0] += 1 }
        connection.pointee.reconnection.namesLastEvent = sendsLastEventID(slot) && obstacle == nil
        let scenario = Int(connection.pointee.scenario)
        let index = Int(connection.pointee.index)
        connection.pointee.phase = .connecting
        do {
            connection.pointee.stream = try connect(scenario: scenario, index: index, stop: nil)
        } catch {
            // The slot holds a stream that was closed before.
            return failReturn(slot, error.name)
        }
        let timeout = scenarios[scenario].plan.scenario.timeout
        loop.timers.set(slot + 1, at: min(now + timeout, connection.pointee.holdEnd))
        do {
            try loop.add(
                connection.pointee.stream.descriptor,
                for: [.readable, .writable, .peerClosed, .edgeTriggered],
                token: token(slot)
            )
        } catch {
            fail(slot, error.name)
        }
    }

    /// Counts an attempt that has failed before it had a descriptor.
    private func failReturn(_ slot: Int, _ name: String) {
        let now = MonotonicClock.now()
        slab.base[slot].reconnection.failures += 1
        note(slot, now, { $0.failures[name, default: 0] += 1 }, window: { $0.failed += 1 })
        goOn(slot, after: name, at: now)
    }

    /// Whether a client that is away has no time left to come back.
    func isAwayTooLong(_ slot: Int) -> Bool {
        slab.base[slot].isAway && loop.turnStarted >= slab.base[slot].holdEnd
    }

    /// Ends a client that is away at the end of its time; its descriptor, if it has one, is closed.
    func leaveAway(_ slot: Int) {
        if slab.base[slot].phase != .waiting { slab.base[slot].stream.close() }
        leaveAway(slot, MonotonicClock.now())
    }

    private func leaveAway(_ slot: Int, _ now: Nanoseconds) {
        if hadNoChance(slot, now) { return leaveBeforeReturn(slot, now) }
        leave(slot, now, name: EndedEarly.awayAtEnd.rawValue) { $0.awayAtEnd += 1 }
    }

    /// Whether a client's time is over before the server could let it down: no attempt has failed, nor lasted for long.
    private func hadNoChance(_ slot: Int, _ now: Nanoseconds) -> Bool {
        let connection = slab.base + slot
        guard connection.pointee.reconnection.failures == 0 else { return false }
        return switch connection.pointee.phase {
        case .connecting, .handshaking, .requesting, .awaitingHead:
            now < connection.pointee.scheduled + Reconnection.fairAttempt
        default: true
        }
    }

    /// Ends a client whose time is over while it waits, in good order.
    private func leaveBeforeReturn(_ slot: Int, _ now: Nanoseconds) {
        note(slot, now, { $0.holdOver = ($0.holdOver ?? 0) + 1 }, window: { $0.gone += 1 })
        share(slot).pointee.connections.completed += 1
        free(slot)
    }

    /// Ends a client that will not come back and has no descriptor.
    ///
    /// - Parameter name: the error's name; nil where the server has ended it in good order.
    private func leave(_ slot: Int, _ now: Nanoseconds, name: String?, _ change: (inout ReconnectRecord) -> Void) {
        note(slot, now, change, window: { $0.gone += 1 })
        if let name {
            countFailure(name, of: Int(slab.base[slot].scenario), occurrence(slot))
        } else {
            share(slot).pointee.connections.ended += 1
        }
        free(slot)
    }

    /// Ends a client that waits, as the load ends.
    func cutShort(_ slot: Int) {
        share(slot).pointee.reconnect?.cutShort += 1
        free(slot)
    }

    /// Notes that the stream that opens is one of a client that was away.
    ///
    /// - Returns: whether it was.
    func noteReturn(_ slot: Int) -> Bool {
        let connection = slab.base + slot
        guard let closedAt = connection.pointee.reconnection.closedAt else { return false }
        let now = MonotonicClock.now()
        let massDrop = connection.pointee.reconnection.massDrop
        connection.pointee.reconnection.closedAt = nil
        connection.pointee.reconnection.massDrop = nil
        connection.pointee.reconnection.failures = 0
        let (moment, started) = (moment, started)
        note(slot, now) { record in
            record.returned += 1
            record.away.record(moment > closedAt ? moment - closedAt : 0)
            guard let massDrop else { return }
            record.drops[Int(massDrop)].returned += 1
            let since = max(moment, started + record.drops[Int(massDrop)].at) - started - record.drops[Int(massDrop)].at
            record.drops[Int(massDrop)].lastReturn = max(record.drops[Int(massDrop)].lastReturn ?? 0, since)
        } window: {
            $0.returned += 1
        }
        return true
    }

    /// When streams are next dropped all at once, in ns of the monotonic clock; never after the last.
    var nextMassDrop: Nanoseconds { reconnector.next.map { started + $0 } ?? .max }

    /// Drops the open streams of every mass drop that is due.
    func dropAllDue() {
        moment = loop.turnStarted
        while let drop = reconnector.takeDue(at: loop.turnStarted > started ? loop.turnStarted - started : 0) {
            for slot in slab.slots
            where slab.base[slot].phase == .streaming && slab.base[slot].isHeld
                && Int(slab.base[slot].scenario) == drop.scenario
            {
                self.drop(slot, in: drop)
            }
        }
    }

    private func drop(_ slot: Int, in massDrop: Reconnector.MassDrop) {
        let connection = slab.base + slot
        noteStreamEnd(slot, by: .client)
        do {
            _ = try connection.pointee.stream.drop(massDrop.manner)
        } catch {
            return fail(slot, error.name)
        }
        countDrop(slot, connection.pointee.stage, massDrop.manner, at: MonotonicClock.now())
        noteDeparture(slot)
        share(slot).pointee.reconnect?.drops[Int(massDrop.position)].closed += 1
        _ = comesBack(slot, after: ReconnectRecord.dropped, massDrop: massDrop.position)
    }

    /// Notes the reconnection times that a stream was told, of which the last one holds.
    func noteRetry(_ told: RetryRecord, last: UInt64, _ slot: Int) {
        let connection = slab.base + slot
        connection.pointee.rhythm.isToldRetry = true
        guard connection.pointee.reconnection.isWanted else { return }
        connection.pointee.reconnection.retry = UInt32(min(last, UInt64(Reconnection.longestRetry)))
        guard share(slot).pointee.reconnect?.retry != nil else {
            share(slot).pointee.reconnect?.retry = told
            return
        }
        share(slot).pointee.reconnect?.retry?.merge(told)
    }

    /// The request of a connection: with the last event ID where its client comes back and has seen one.
    func request(_ slot: Int) -> UnsafeRawBufferPointer {
        let connection = slab.base + slot
        let endpoint = scenarios[Int(connection.pointee.scenario)].endpoint
        guard connection.pointee.isAway, connection.pointee.reconnection.namesLastEvent else {
            return endpoint.request(Int(connection.pointee.request))
        }
        return reconnector.request(
            Int(connection.pointee.request),
            of: endpoint,
            lastEventID: connection.pointee.parser.lastEventID
        )
    }

    private func sendsLastEventID(_ slot: Int) -> Bool {
        let connection = slab.base + slot
        return connection.pointee.isAway && !connection.pointee.parser.lastEventID.isEmpty
            && scenarios[Int(connection.pointee.scenario)].plan.scenario.reconnect?.lastEventID == true
    }

    private func note(
        _ slot: Int,
        _ now: Nanoseconds,
        _ change: (inout ReconnectRecord) -> Void,
        window: (inout ReconnectWindow) -> Void
    ) {
        share(slot).pointee.reconnect?.note(at: now > started ? now - started : 0, change, window: window)
    }
}
