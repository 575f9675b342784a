import EventLoop
import EventStream
import Record
import RunProfile
import Vocabulary

/// Streams that are followed from their first event to their end.
extension Worker {
    /// How long a stream whose end marker has come may take to be ended by the server, in ns.
    ///
    /// A client that closes at the marker looks to the server like one that has given up.
    static let markedPatience: Nanoseconds = 250 * .perMillisecond
    /// Events of one read whose server's time is kept; those beyond are not.
    static let serverTimesPerRead = 256

    /// What looks at the events of a connection's next read.
    func follower(_ slot: Int) -> StreamFollower {
        let connection = slab.base + slot
        let watch = watches.baseAddress.unsafelyUnwrapped + Int(connection.pointee.scenario)
        guard !watch.pointee.isIdle, !connection.pointee.tally.isMarked else { return .idle }
        let tally = connection.pointee.tally
        return StreamFollower(watch: watch, dropAt: tally.dropAt > 0 ? tally.dropAt - tally.events : 0, times: times)
    }

    /// Takes what was seen in the events of one read.
    ///
    /// - Returns: whether the connection reads on.
    func note(_ follower: StreamFollower, _ slot: Int) -> Bool {
        let connection = slab.base + slot
        if follower.timeCount > 0 || follower.unreadTimes > 0 { noteServerTimes(follower, slot) }
        if follower.events > 0 { noteEvents(follower, slot) }
        if follower.isMarked {
            connection.pointee.tally.isMarked = true
            connection.pointee.tally.isWhole = true
            share(slot).pointee.streams?.marked += 1
            loop.timers.set(slot + 1, at: moment + Self.markedPatience)
        } else if follower.isDropReached {
            share(slot).pointee.streams?.cancelled += 1
            return !reach(.streaming, slot)
        }
        return true
    }

    private func noteEvents(_ follower: StreamFollower, _ slot: Int) {
        let connection = slab.base + slot
        let share = share(slot)
        // A slow reader gets its events when it reads them, not when they come.
        if connection.pointee.reading == .full {
            if connection.pointee.tally.events > 0 {
                share.pointee.streams?.gap.record(elapsed(since: connection.pointee.tally.lastEventAt))
            }
            if follower.events > 1 { share.pointee.streams?.gap.record(0, count: UInt64(follower.events - 1)) }
        }
        connection.pointee.tally.lastEventAt = moment
        connection.pointee.tally.events &+= follower.events
        guard follower.tokens > 0 else { return }
        if connection.pointee.tally.tokens == 0 {
            connection.pointee.tally.firstTokenAt = moment
            if connection.pointee.reading == .full {
                share.pointee.streams?.timeToFirstToken?.record(elapsed(since: connection.pointee.scheduled))
            }
        }
        connection.pointee.tally.tokens &+= follower.tokens
        connection.pointee.tally.lastTokenAt = moment
    }

    private func noteServerTimes(_ follower: StreamFollower, _ slot: Int) {
        let share = share(slot)
        share.pointee.serverClock?.unread.saturatingAdd(follower.unreadTimes)
        guard slab.base[slot].reading == .full else { return }
        // Counted from the load's start, so that no step of the realtime clock comes in between.
        let received = Int64(clamping: startedRealtime) + Int64(clamping: moment) - Int64(clamping: started)
        for sent in follower.times[..<follower.timeCount] {
            share.pointee.serverClock?.note(sent: sent, received: received)
        }
    }

    /// Counts a followed stream that is over.
    func noteFollowedEnd(_ slot: Int) {
        let tally = slab.base[slot].tally
        guard slab.base[slot].reading == .full else { return }
        let share = share(slot)
        if tally.tokens > 1, tally.lastTokenAt > tally.firstTokenAt {
            let seconds = (tally.lastTokenAt - tally.firstTokenAt).inSeconds
            share.pointee.streams?.tokenRate?.record(Double(tally.tokens - 1) / seconds)
        }
        guard tally.isWhole else { return }
        share.pointee.streams?.events.record(Double(tally.events))
        share.pointee.streams?.tokens?.record(Double(tally.tokens))
    }

    /// Whether a stream is to end with a marker that has not come.
    func awaitsMarker(_ slot: Int) -> Bool {
        let connection = slab.base + slot
        guard connection.pointee.reading == .full, !connection.pointee.tally.isMarked else { return false }
        return watches[Int(connection.pointee.scenario)].hasMarker
    }
}
