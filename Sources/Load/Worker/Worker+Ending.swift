import EventLoop
import EventStream
import Record
import RunProfile
import Transport
import Vocabulary

/// How connections end: at their stage, at the end of their time, by the server, or in an error.
extension Worker {
    /// Notes that a connection has reached a stage, and stops it dead where its script says so.
    ///
    /// - Returns: whether the connection has stopped.
    func reach(_ stage: Stage, _ slot: Int) -> Bool {
        let connection = slab.base + slot
        connection.pointee.stage = max(connection.pointee.stage, stage)
        guard connection.pointee.stop == stage, case .drop(_, _, let delay) = connection.pointee.ending else {
            return false
        }
        connection.pointee.stage = stage
        connection.pointee.phase = .stopped
        if stampReader != nil { endDeliveries(slot) }
        let isSent = settings.timesDrops && (stage == .requestPartial || stage == .requestSent)
        if !isSent { connection.pointee.stoppedAt = MonotonicClock.now() }
        if delay == 0 {
            drop(slot)
        } else {
            loop.timers.set(slot + 1, at: connection.pointee.stoppedAt + delay)
        }
        return true
    }

    /// A connection's timer is due.
    func expired(_ slot: Int) {
        let connection = slab.base + slot
        if connection.pointee.phase != .free, isAwayTooLong(slot) { return leaveAway(slot) }
        switch connection.pointee.phase {
        case .free: break
        case .waiting: attemptReturn(slot)
        case .stopped: drop(slot)
        case .halfClosed:
            Socket.resetOnClose(connection.pointee.stream.descriptor)
            closeAndFree(slot)
        case .stalled: stallOver(slot)
        case .refused: endAnswer(slot)
        case .connecting: fail(slot, EndedEarly.connectTimeout.rawValue)
        case .handshaking: fail(slot, EndedEarly.handshakeTimeout.rawValue)
        case .requesting, .awaitingHead: fail(slot, EndedEarly.headersTimeout.rawValue)
        case .resting: restOver(slot)
        case .streaming:
            if connection.pointee.isMarked { return complete(slot) }
            if !connection.pointee.isTimed { return fail(slot, EndedEarly.stageTimeout.rawValue) }
            if awaitsMarker(slot) { return fail(slot, EndedEarly.markerTimeout.rawValue) }
            complete(slot)
        }
    }

    /// Counts a stream that has opened, and sets the end of its time.
    func streamOpened(_ slot: Int) {
        let connection = slab.base + slot
        let isReturn = noteReturn(slot)
        if !isReturn {
            share(slot).pointee.connections.established += 1
            noteEstablished(slot)
        }
        cookieUses[Int(connection.pointee.scenario)].open(cookie(slot))
        connection.pointee.isOpen = true
        progress.streamOpened()
        let connectedAt = connection.pointee.connectedAt
        connection.pointee.lastByteAt = moment
        connection.pointee.lastBeatAt = moment
        connection.pointee.rhythm.openedAt = moment
        if case .hold(let time) = connection.pointee.ending {
            if isReturn {
                connection.pointee.beats = 0
                discovery?.beginAnew(connection.pointee.rhythm.row)
            } else {
                connection.pointee.holdEnd = moment + time
                if connection.pointee.isHeld {
                    share(slot).pointee.heartbeat.streams += 1
                    connection.pointee.rhythm.row = discovery?.takeRow() ?? 0
                } else {
                    slowReaderOpened(slot, until: moment + time)
                }
            }
            heldCount += 1
            loop.timers.set(slot + 1, at: connection.pointee.holdEnd)
        }
        // A slow reader leaves unread what it was sent.
        guard stampReader != nil, connection.pointee.reading == .full else { return }
        let scenario = Int(connection.pointee.scenario)
        let isResumed = isReturn && connection.pointee.reconnection.namesLastEvent
        resumes.open(slot, scenario: scenario, at: moment, isResumed: isResumed)
        deliveries.begin(
            slot,
            scenario: scenario,
            connected: connectedAt,
            at: moment,
            isResumed: isResumed
        )
    }

    private func drop(_ slot: Int) {
        let connection = slab.base + slot
        guard case .drop(let stage, let manner, _) = connection.pointee.ending else { return }
        let isClosed: Bool
        let now = MonotonicClock.now()
        do {
            isClosed = try connection.pointee.stream.drop(manner)
        } catch {
            return fail(slot, error.name)
        }
        countDrop(slot, stage, manner, at: now)
        // Of the other two the server is told nothing.
        if manner != .stall, manner != .vanish { noteDeparture(slot) }
        // The delay that was, not the one that was asked for: a timer is late by what the machine is.
        share(slot).pointee.dropDelays?.record(now - connection.pointee.stoppedAt)
        if isClosed { return free(slot) }
        leaveOpenStreams(slot)
        connection.pointee.phase = manner == .halfClose ? .halfClosed : .stalled
        let wait = scenarios[Int(connection.pointee.scenario)].plan.scenario.drop?.wait ?? 0
        let isStalled = connection.pointee.phase == .stalled
        loop.timers.set(
            slot + 1,
            at: MonotonicClock.now() + (isStalled ? stallTime(slot, stage, wait: wait) : wait)
        )
        // What came while the connection stood still gives no further edge.
        if isStalled {
            if isEarlyStall(slot) { stallAlone.count += 1 }
            beginStall(slot)
        } else {
            discard(slot)
        }
    }

    /// Counts a drop that was made.
    func countDrop(_ slot: Int, _ stage: Stage, _ manner: Manner, at now: Nanoseconds) {
        share(slot).pointee.connections.dropped += 1
        drops[stage.order * Manner.count + manner.order] += 1
        lastDrops.note(stage, manner, at: now)
    }

    /// A held stream's time is over, or its end marker has come.
    private func complete(_ slot: Int) {
        slab.base[slot].tally.isWhole = true
        noteStreamEnd(slot, by: .client)
        share(slot).pointee.connections.completed += 1
        noteDeparture(slot)
        slab.base[slot].stream.sendCloseNotify()
        Socket.discardReceived(slab.base[slot].stream.descriptor)
        closeAndFree(slot)
    }

    /// Every held stream's time is over.
    func completeAll() {
        for slot in slab.slots where slab.base[slot].phase == .streaming && slab.base[slot].isTimed { complete(slot) }
    }

    /// The server has ended the connection, or the body in good order.
    func ended(_ slot: Int) {
        let connection = slab.base + slot
        guard connection.pointee.phase == .streaming else { return fail(slot, EndedEarly.beforeHeaders.rawValue) }
        if connection.pointee.isMarked { return complete(slot) }
        if connection.pointee.reading != .full { return slowReaderEnded(slot) }
        do {
            try connection.pointee.body.finish()
        } catch {
            return broken(slot, error.rawValue)
        }
        do {
            try connection.pointee.inflater?.pointee.finish()
        } catch {
            return broken(slot, error.rawValue)
        }
        guard connection.pointee.isHeld else { return fail(slot, EndedEarly.beforeStage.rawValue) }
        noteStreamEnd(slot, by: .server)
        if comesBack(slot, after: ReconnectRecord.ended) { return }
        share(slot).pointee.connections.ended += 1
        if awaitsMarker(slot) { share(slot).pointee.streams?.unmarked? += 1 }
        connection.pointee.tally.isWhole = true
        closeAndFree(slot)
    }

    /// The stream has broken off, or breaks a rule.
    func broken(_ slot: Int, _ name: String) {
        if slab.base[slot].isMarked { return complete(slot) }
        // At a limit it is this side that ends a stream.
        if slab.base[slot].isOpen { noteStreamEnd(slot, by: name.hasPrefix("LIMIT_") ? .client : .cut) }
        fail(slot, name)
    }

    /// Ends a connection in an error.
    ///
    /// - Parameter answer: what the server answered; nil where it is not known.
    func fail(_ slot: Int, _ name: String, answer: AnswerSample? = nil) {
        if comesBack(slot, after: name) { return }
        countFailure(name, of: Int(slab.base[slot].scenario), occurrence(slot), answer: answer)
        closeAndFree(slot)
    }

    /// Counts an error of a scenario.
    func countFailure(
        _ name: String,
        of scenario: Int,
        _ occurrence: ErrorFaces.Occurrence,
        answer: AnswerSample? = nil
    ) {
        shares[scenario].connections.failed += 1
        shares[scenario].errors[name, default: 0] += 1
        if shares[scenario].errorFaces == nil { shares[scenario].errorFaces = ErrorFaces() }
        shares[scenario].errorFaces?.note(name, occurrence, answer: answer)
    }

    /// Closes a connection and frees its slot.
    func closeAndFree(_ slot: Int) {
        slab.base[slot].stream.close()
        free(slot)
    }

    /// Frees the slot of a connection that has no descriptor any more.
    func free(_ slot: Int) {
        let connection = slab.base + slot
        for order in 0...connection.pointee.stage.order {
            if connection.pointee.stream.isTLS || !Self.stages[order].needsTLS { stagesReached[order] += 1 }
        }
        if connection.pointee.tally.events > 0 { noteFollowedEnd(slot) }
        slowReadingOver(slot)
        leaveOpenStreams(slot)
        discovery?.give(connection.pointee.rhythm.row)
        loop.timers.cancel(slot + 1)
        stallAlone.noteEnd(isStall: isEarlyStall(slot))
        connection.pointee.release()
        slab.give(slot)
        replace(scenario: Int(connection.pointee.scenario))
    }

    /// Counts a stream that is open no more.
    func leaveOpenStreams(_ slot: Int) {
        guard slab.base[slot].isOpen else { return }
        slab.base[slot].isOpen = false
        cookieUses[Int(slab.base[slot].scenario)].close(cookie(slot))
        if stampReader != nil { endDeliveries(slot) }
        if slab.base[slot].isTimed { heldCount -= 1 }
        progress.streamClosed()
    }

    /// Closes every connection.
    func closeAll() {
        for slot in slab.slots where slab.base[slot].phase != .free {
            if slab.base[slot].phase == .waiting {
                cutShort(slot)
                continue
            }
            if slab.base[slot].phase == .refused {
                endAnswer(slot)
                continue
            }
            if slab.base[slot].isOpen { noteStreamEnd(slot, by: .client) }
            Socket.resetOnClose(slab.base[slot].stream.descriptor)
            closeAndFree(slot)
        }
    }
}

/// The drops that a worker made last; an older one gives its place to a new one.
struct DropRing {
    private var entries: [(stage: Stage, manner: Manner, moment: Nanoseconds)] = []
    /// The place of the oldest, once the ring is full.
    private var oldest = 0

    init() { entries.reserveCapacity(DropMoment.limit) }

    /// Notes a drop at a moment, in ns of the monotonic clock.
    mutating func note(_ stage: Stage, _ manner: Manner, at moment: Nanoseconds) {
        if entries.count < DropMoment.limit {
            entries.append((stage, manner, moment))
        } else {
            entries[oldest] = (stage, manner, moment)
            oldest = (oldest + 1) % DropMoment.limit
        }
    }

    /// The drops in their order, with their times from a moment on.
    func moments(since start: Nanoseconds) -> [DropMoment] {
        (entries[oldest...] + entries[..<oldest]).map { entry in
            let time = entry.moment > start ? entry.moment - start : 0
            return DropMoment(stage: entry.stage, manner: entry.manner, time: time.inSeconds)
        }
    }
}
