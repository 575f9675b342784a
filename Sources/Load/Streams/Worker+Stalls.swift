import EventLoop
import Record
import RunProfile
import Transport
import Vocabulary

/// Stalled connections: whether, and when, the server ends them.
extension Worker {
    /// How many of those that stall at a stage are kept for the longer look, so that the load stays what it is.
    static let watchedStalls: UInt8 = 4

    /// How long a connection that stalls stays open, in ns.
    ///
    /// - Parameter wait: what its scenario says.
    func stallTime(_ slot: Int, _ stage: Stage, wait: Nanoseconds) -> Nanoseconds {
        guard let look = settings.stallLook, look > wait, stage < .requestSent,
            stallsWatched[stage.order] < Self.watchedStalls
        else { return wait }
        // One that keeps its place from others would change the load.
        if case .keep = scenarios[Int(slab.base[slot].scenario)].plan.scenario.arrival { return wait }
        stallsWatched[stage.order] += 1
        return look
    }

    /// Looks whether the server has ended a connection before it stalled: that gives no further edge.
    func beginStall(_ slot: Int) {
        if Socket.isEndedByPeer(slab.base[slot].stream.descriptor) { stallEnded(slot) }
    }

    /// Goes on with a stalled connection that epoll reports.
    func ready(stalled slot: Int, _ readiness: Readiness) {
        guard !readiness.isDisjoint(with: [.peerClosed, .hungUp, .failed]) else { return }
        stallEnded(slot)
    }

    /// The time of a stalled connection is over.
    func stallOver(_ slot: Int) {
        guard !Socket.isEndedByPeer(slab.base[slot].stream.descriptor) else { return stallEnded(slot) }
        let span = stallSpan(slot)
        stall(slot) { $0.noteKept(for: span) }
        endStall(slot)
    }

    /// Whether a connection stalls before its request was sent.
    func isEarlyStall(_ slot: Int) -> Bool {
        slab.base[slot].phase == .stalled && slab.base[slot].stage < .requestSent
    }

    /// When nothing was left but connections that stalled early; nil where none was to stall.
    var stallHold: StallHold? {
        guard scenarios.contains(where: { $0.plan.cards.contains { $0.manner == .stall } }) else { return nil }
        return stallAlone.hold(since: started)
    }

    private func stallEnded(_ slot: Int) {
        // One that was never accepted was not ended.
        if !Socket.wasRefused(slab.base[slot].stream.descriptor) {
            let span = stallSpan(slot)
            stall(slot) { $0.noteEnd(after: span) }
        }
        endStall(slot)
    }

    private func endStall(_ slot: Int) {
        Socket.resetOnClose(slab.base[slot].stream.descriptor)
        closeAndFree(slot)
    }

    /// Since a connection stalled, in ns: from when it reached its stage, as the server hears no more of it since then.
    private func stallSpan(_ slot: Int) -> Nanoseconds {
        let now = MonotonicClock.now()
        return now - min(slab.base[slot].stoppedAt, now)
    }

    private func stall(_ slot: Int, _ change: (inout StallRecord) -> Void) {
        let share = share(slot)
        let stage = slab.base[slot].stage
        if share.pointee.stalls == nil { share.pointee.stalls = [] }
        let known = share.pointee.stalls?.firstIndex { $0.stage == stage }
        let index = known ?? share.pointee.stalls?.count ?? 0
        if known == nil { share.pointee.stalls?.append(StallRecord(stage: stage)) }
        if share.pointee.stalls != nil { change(&share.pointee.stalls![index]) }
    }
}

/// The longest time in which nothing was left of a worker's connections but the same ones that stalled early.
struct StallAlone {
    /// Connections that stall early at this moment.
    var count: UInt64 = 0
    /// When a connection last started or ended, in ns of the monotonic clock.
    private var lastChange: Nanoseconds = 0
    /// The longest such time so far, and how many were there; nil while there was none.
    private var longest: (count: UInt64, start: Nanoseconds, end: Nanoseconds)?

    /// Another connection starts.
    mutating func noteStart() {
        longest = nil
        lastChange = MonotonicClock.now()
    }

    /// A connection has ended.
    mutating func noteEnd(isStall: Bool) {
        let now = MonotonicClock.now()
        defer { lastChange = now }
        guard isStall else {
            longest = nil
            return
        }
        if lastChange > 0, now - lastChange >= longest.map({ $0.end - $0.start }) ?? 0 {
            longest = (count, lastChange, now)
        }
        count -= 1
    }

    /// The longest such time, in seconds since a load's start in ns of the monotonic clock.
    func hold(since start: Nanoseconds) -> StallHold {
        func seconds(_ moment: Nanoseconds) -> Double { (moment - min(start, moment)).inSeconds }
        guard let longest else { return StallHold(connections: 0, start: seconds(lastChange), end: nil) }
        return StallHold(connections: longest.count, start: seconds(longest.start), end: seconds(longest.end))
    }
}
