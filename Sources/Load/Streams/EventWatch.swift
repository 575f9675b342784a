import EventStream
import Record
import RunProfile
import Vocabulary

/// What one scenario looks for in its events, ready for the hot path; owns memory by hand.
struct EventWatch {
    /// The event that ends a stream in good order.
    enum Marker {
        case none
        case data(UnsafeRawBufferPointer)
        case event(UnsafeRawBufferPointer)
    }

    let marker: Marker
    /// Where the text of a token stands; nil where none is looked for.
    let tokens: JSONPath?
    /// Where the server's time stands; nil where none is looked for.
    let serverTime: JSONPath?
    /// What a number of the server's time counts, in ns each.
    let timeUnit: Int64
    /// Whether each stream's events are counted, and the time between them.
    let followsStreams: Bool

    init(_ scenario: Scenario) {
        let options = scenario.stream
        marker =
            switch options.until {
            case nil: .none
            case .data(let text): .data(Self.bytes(text))
            case .event(let name): .event(Self.bytes(name))
            }
        tokens = options.tokens.flatMap { JSONPath($0) }
        serverTime = options.serverTime.flatMap { JSONPath($0.pointer) }
        timeUnit = Int64(options.serverTime?.unit.each ?? 1)
        followsStreams = scenario.followsStreams
    }

    /// Whether the scenario's events need not be looked at.
    var isIdle: Bool { !followsStreams && serverTime == nil }

    /// Whether streams are to end with a marker.
    var hasMarker: Bool { if case .none = marker { false } else { true } }

    /// Whether an event is the one that ends its stream.
    func isEnd(_ event: borrowing ServerSentEvent) -> Bool {
        switch marker {
        case .none: false
        case .data(let text): event.data.count == text.count && event.data.elementsEqual(text)
        case .event(let name): event.isType(name)
        }
    }

    /// A record of the scenario in which what is looked for is zero, and the rest absent.
    var emptyRecord: StreamRecord? {
        guard followsStreams else { return nil }
        var record = StreamRecord()
        if hasMarker { record.unmarked = 0 }
        guard tokens != nil else { return record }
        record.tokens = NumberHistogram()
        record.tokenRate = NumberHistogram()
        record.timeToFirstToken = LatencyHistogram()
        return record
    }

    func release() {
        switch marker {
        case .none: break
        case .data(let bytes), .event(let bytes): bytes.deallocate()
        }
        tokens?.release()
        serverTime?.release()
    }

    private static func bytes(_ text: String) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        copy.copyBytes(from: text.utf8)
        return UnsafeRawBufferPointer(copy)
    }
}
