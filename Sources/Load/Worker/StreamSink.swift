import EventStream
import Record
import RunProfile
import Vocabulary

/// What a worker does with the events of one read: it counts, and stops at the first where the script says so.
struct StreamSink: EventStreamSink {
    /// What counts as a beat.
    enum Beat {
        case nothing
        case comment
        case event(UnsafeRawBufferPointer)
        /// Any byte: told by the reader, not by the events.
        case any
    }

    let beat: Beat
    let stopsAtFirstEvent: Bool
    /// Looks at what the events say.
    var follower: StreamFollower
    /// Where the moments go at which events were published; empty where they are not measured.
    let moments: UnsafeMutableBufferPointer<Nanoseconds>
    var momentCount = 0
    /// Finds the stamps of published messages; nil where none are watched for.
    let stampReader: MessageStampReader?
    /// Where they go, with room for all that one input can hold.
    let stamps: UnsafeMutableBufferPointer<MessageStamp>
    var stampCount = 0
    /// Whether the last event or comment was a message.
    var endsInStamp = false
    var events = 0
    var comments = 0
    var beats = 0
    /// What may be a heartbeat, on a stream that is looked at.
    var kinds: BeatKinds
    /// The reconnection times that the server told; nil where it told none.
    var retries: RetryRecord?
    /// The last of them, in milliseconds.
    var lastRetry: UInt64 = 0

    init(
        beat: Beat,
        moments: UnsafeMutableBufferPointer<Nanoseconds>,
        stampReader: MessageStampReader? = nil,
        stamps: UnsafeMutableBufferPointer<MessageStamp> = UnsafeMutableBufferPointer(start: nil, count: 0),
        stopsAtFirstEvent: Bool,
        kinds: BeatKinds = BeatKinds(nil),
        follower: StreamFollower = .idle
    ) {
        self.follower = follower
        self.beat = beat
        self.moments = moments
        self.stampReader = stampReader
        self.stamps = stamps
        self.stopsAtFirstEvent = stopsAtFirstEvent
        self.kinds = kinds
    }

    /// Whether events came that are no beats, where beats are lines or events of their own.
    var hasOtherEvents: Bool {
        switch beat {
        case .comment: events > 0
        case .event: events > beats
        case .nothing, .any: false
        }
    }

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        events += 1
        kinds.note(event)
        if case .event(let name) = beat, event.isType(name) { beats += 1 }
        if momentCount < moments.count, let moment = SendMoment.find(in: event.data) {
            moments[momentCount] = moment
            momentCount += 1
        }
        if let stampReader { noteStamp(stampReader.find(in: event.data)) }
        return stopsAtFirstEvent ? .stop : follower.look(at: event)
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) {
        comments += 1
        endsInStamp = false
        if case .comment = beat { beats += 1 }
    }

    mutating func undispatched(_ event: borrowing ServerSentEvent) { kinds.noteEmptyEvent() }

    private mutating func noteStamp(_ stamp: MessageStamp?) {
        endsInStamp = stamp != nil
        guard let stamp, stampCount < stamps.count else { return }
        stamps[stampCount] = stamp
        stampCount += 1
    }

    mutating func retry(milliseconds: UInt64) {
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: .perMillisecond)
        let time = overflow ? .max : product
        let told = RetryRecord(told: 1, zeros: time == 0 ? 1 : 0, shortest: time, longest: time)
        if retries == nil { retries = told } else { retries?.merge(told) }
        lastRetry = milliseconds
    }
}
