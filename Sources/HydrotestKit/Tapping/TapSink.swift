import Vocabulary
import EventStream

/// Turns the events of a stream into JSON lines.
struct TapSink: EventStreamSink {
    let tellsComments: Bool
    let maximumEvents: Int
    let write: (String) -> Void
    let note: (TapNote) -> Void
    private(set) var events = 0
    private var pendingRetry: UInt64?

    init(
        tellsComments: Bool,
        maximumEvents: Int?,
        write: @escaping (String) -> Void,
        note: @escaping (TapNote) -> Void
    ) {
        self.tellsComments = tellsComments
        self.maximumEvents = maximumEvents ?? .max
        self.write = write
        self.note = note
    }

    /// Whether as many events came as were asked for.
    var isFull: Bool { events >= maximumEvents }

    mutating func event(_ event: borrowing ServerSentEvent) -> EventStreamFlow {
        events += 1
        note(.event(name: event.typeText, bytes: event.data.count))
        var line = "{\"event\":\(JSONText.quote(event.typeText)),\"data\":\(JSONText.quote(event.dataText))"
        if !event.lastEventID.isEmpty { line += ",\"id\":\(JSONText.quote(event.lastEventIDText))" }
        if let retry = pendingRetry { line += ",\"retry\":\(retry)" }
        pendingRetry = nil
        write(line + "}")
        return isFull ? .stop : .continue
    }

    mutating func comment(_ bytes: UnsafeRawBufferPointer) {
        note(.comment)
        guard tellsComments else { return }
        let text = UTF8Text.decode(bytes)
        write("{\"comment\":\(JSONText.quote(text.hasPrefix(" ") ? String(text.dropFirst()) : text))}")
    }

    mutating func retry(milliseconds: UInt64) { pendingRetry = milliseconds }
}
