import EventStream

/// What a parser handed to its sink, as text.
package enum EventToken: Equatable, Sendable {
    case event(type: String, data: String, lastEventID: String, hasID: Bool)
    case comment(String)
    case retry(UInt64)
    case ignored(String)
    case undispatched(type: String)
    case limit(EventStreamLimit)

    /// An event without an ID on its stream.
    package static func message(_ data: String, type: String = "message") -> EventToken {
        .event(type: type, data: data, lastEventID: "", hasID: false)
    }

    /// An event that carries its ID.
    package static func message(_ data: String, id: String) -> EventToken {
        .event(type: "message", data: data, lastEventID: id, hasID: true)
    }

    /// An event under an ID that an earlier one has set.
    package static func message(_ data: String, lastEventID: String) -> EventToken {
        .event(type: "message", data: data, lastEventID: lastEventID, hasID: false)
    }
}
