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

/// When nothing is left of a worker's connections but those that stalled early.
struct StallAlone {
    /// Connections that stall early at this moment.
    var count: UInt64 = 0
    /// When the last connection ended that did not, in ns of the monotonic clock.
    private var othersEnd: Nanoseconds = 0
    /// When the first of those ended that were left then; nil while all are there.
    private var firstEnd: Nanoseconds?
    /// How many were left then.
    private var left: UInt64 = 0

    /// Another connection starts.
    mutating func noteStart() {
        firstEnd = nil
        left = 0
    }

    /// A connection has ended.
    mutating func noteEnd(isStall: Bool) {
        guard isStall else {
            othersEnd = MonotonicClock.now()
            firstEnd = nil
            left = 0
            return
        }
        if firstEnd == nil {
            firstEnd = MonotonicClock.now()
            left = count
        }
        count -= 1
    }

    /// When nothing else was left, in seconds since a load's start in ns of the monotonic clock.
    func hold(since start: Nanoseconds) -> StallHold {
        StallHold(
            connections: left,
            start: (othersEnd - min(start, othersEnd)).inSeconds,
            end: firstEnd.map { ($0 - min(start, $0)).inSeconds }
        )
    }
}
