import Record
import Vocabulary

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
