import Record
import RunProfile
import Vocabulary

/// When slow readers are there, as the plan has it, and what healthy streams saw before and meanwhile.
struct SlowSpan {
    /// When the first comes, in ns from the load's start.
    let start: Nanoseconds
    /// When the last one's time is over, in ns from the load's start.
    let end: Nanoseconds
    /// What each scenario had recorded as the first came.
    private var atStart: [SlowNeighbourRecord.Figures] = []
    /// What each scenario had recorded as the last one's time was over.
    private var atEnd: [SlowNeighbourRecord.Figures] = []

    /// The span of some scenarios; nil where none reads slowly, or none reads as bytes come.
    init?(_ plans: [ScenarioPlan]) {
        let slow = plans.filter { $0.scenario.read != .full }
        guard let start = slow.map({ $0.schedule.moment(of: 0) }).min(), slow.count < plans.count else { return nil }
        self.start = start
        end = slow.map { $0.schedule.lastMoment + ($0.scenario.hold ?? 0) }.max() ?? start
    }

    /// When the next of both moments is, in ns from the load's start; nil after the last.
    var next: Nanoseconds? { atStart.isEmpty ? start : atEnd.isEmpty ? end : nil }

    /// Notes what the scenarios have recorded at the next of both moments.
    mutating func pass(_ shares: UnsafeMutableBufferPointer<LoadRecord>) {
        if atStart.isEmpty { atStart = shares.map(\.figures) } else { atEnd = shares.map(\.figures) }
    }

    /// What a healthy scenario saw; nil where the span has not begun.
    func neighbour(_ index: Int, _ share: LoadRecord) -> SlowNeighbourRecord? {
        guard atStart.indices.contains(index) else { return nil }
        let last = atEnd.indices.contains(index) ? atEnd[index] : share.figures
        var record = SlowNeighbourRecord()
        record.before = atStart[index]
        record.during.event = last.event.since(atStart[index].event)
        record.during.beat = last.beat.since(atStart[index].beat)
        record.during.gap = last.gap.since(atStart[index].gap)
        return record
    }
}

extension LoadRecord {
    /// What can get worse beside slow readers.
    fileprivate var figures: SlowNeighbourRecord.Figures {
        var figures = SlowNeighbourRecord.Figures()
        figures.event = latency.event
        figures.beat = heartbeat.interval
        figures.gap = streams?.gap ?? LatencyHistogram()
        return figures
    }
}
