import Record
import Vocabulary

/// Where in the period the beats of a scenario's streams fall, a few periods at a time.
struct PhaseCollector {
    /// The periods that are collected before the phases are added up.
    static let periods: Nanoseconds = 8

    private let period: Nanoseconds
    private var beats = [UInt32](repeating: 0, count: PhaseRecord.binCount)
    private var starts = [UInt32](repeating: 0, count: PhaseRecord.binCount)
    /// The streams that have beaten in this collection.
    private var streams = 0
    /// This collection's number; wraps around, and is never 0.
    private var number: UInt8 = 1
    /// When this collection is over, in ns of the monotonic clock; 0 before its first beat.
    private var end: Nanoseconds = 0

    /// An empty collection for an expected period, in ns.
    init(period: Nanoseconds) { self.period = max(1, period) }

    /// Notes a beat.
    ///
    /// - Parameters:
    ///   - moment: when it came, in ns of the monotonic clock.
    ///   - stream: the stream that it came on.
    ///   - record: what takes the phases of the collection that is over.
    mutating func note(
        _ moment: Nanoseconds,
        _ stream: UnsafeMutablePointer<Connection>,
        into record: inout PhaseRecord
    ) {
        if moment >= end {
            finish(into: &record)
            end = moment + Self.periods * period
        }
        beats[bin(moment)] &+= 1
        guard stream.pointee.rhythm.collection != number else { return }
        stream.pointee.rhythm.collection = number
        starts[bin(stream.pointee.rhythm.openedAt)] &+= 1
        streams += 1
    }

    /// Adds up what has been collected, and begins again.
    mutating func finish(into record: inout PhaseRecord) {
        record.add(beats: beats, starts: starts, of: streams)
        for index in beats.indices { (beats[index], starts[index]) = (0, 0) }
        streams = 0
        number = number == .max ? 1 : number + 1
        end = 0
    }

    private func bin(_ moment: Nanoseconds) -> Int {
        Int(moment % period * UInt64(PhaseRecord.binCount) / period)
    }
}
