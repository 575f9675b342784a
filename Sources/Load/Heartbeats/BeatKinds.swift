import EventStream
import Record

/// The kinds of what came in one read of a stream that is looked at, as bits.
struct BeatKinds {
    /// The columns of a ``BeatDiscovery``: comments, events without data, any bytes, and events by name.
    static let comment = 0
    static let emptyEvent = 1
    static let any = 2
    static let firstName = 3
    static let count = firstName + BeatNames.limit

    /// The names of events that are told apart; nil where the stream is not looked at.
    let names: UnsafeMutablePointer<BeatNames>?
    private(set) var bits: UInt8 = 0

    /// Nothing has come yet.
    init(_ names: UnsafeMutablePointer<BeatNames>?) { self.names = names }

    /// Notes an event; one without a name is no sign of a heartbeat.
    mutating func note(_ event: borrowing ServerSentEvent) {
        guard let names, !event.type.isEmpty, let index = names.pointee.index(of: event.type) else { return }
        bits |= 1 << UInt8(Self.firstName + index)
    }

    /// Notes a block with a type or an ID but without data.
    mutating func noteEmptyEvent() { bits |= 1 << UInt8(Self.emptyEvent) }
}
