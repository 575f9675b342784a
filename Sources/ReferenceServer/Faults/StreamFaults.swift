import HTTP
import Vocabulary

extension Faults {
    static let buffered = FaultDefinition(
        .buffered,
        "A stream's events and heartbeats are held back until there are 4 KiB of them."
    )

    /// Bytes that must be there before any is sent.
    static let bufferBytes = 4 << 10

    /// The bytes of a stream that are sent now.
    ///
    /// - Parameters:
    ///   - bytes: what would be sent.
    ///   - headBytes: how many of them, from the first, are the response's head, which is not held back.
    ///   - heldBack: what was not sent before.
    func released(_ bytes: [UInt8], headBytes: Int, heldBack: inout [UInt8]) -> [UInt8] {
        guard contains(.buffered) else { return bytes }
        heldBack += bytes[headBytes...]
        guard heldBack.count >= Self.bufferBytes else { return Array(bytes[..<headBytes]) }
        defer { heldBack = [] }
        return bytes[..<headBytes] + heldBack
    }
}

extension Faults {
    static let splitUTF8 = FaultDefinition(
        .splitUTF8,
        "The first character of several bytes is cut after its first byte, and the rest sent as an event of its own.",
        foundBy: .check("what the events say")
    )

    /// The bytes of an event as they are sent.
    func cut(_ event: [UInt8]) -> [UInt8] {
        guard contains(.splitUTF8), let first = event.firstIndex(where: { $0 >= 0x80 }) else { return event }
        return event[...first] + Array("\n\ndata: ".utf8) + event[(first + 1)...]
    }
}

extension Faults {
    static let wrongContentType = FaultDefinition(
        .wrongContentType,
        "Event streams are sent as text/plain."
    )

    /// What an event stream's head says, whatever frames its body.
    var headFields: [HTTPField] {
        guard contains(.wrongContentType) else { return EventBytes.headFields }
        return EventBytes.headFields.map {
            $0.name == "Content-Type" ? HTTPField("Content-Type", "text/plain; charset=utf-8") : $0
        }
    }
}

extension Faults {
    static let idInjection = FaultDefinition(
        .idInjection,
        "The first event repeats the query's lastEventId and topics as they came: a line end in one forges a field.",
        foundBy: .check("what the events say")
    )

    /// Adds what a client has sent to the event that it is greeted with.
    func repeatRequest(_ request: EventStreamRequest, in event: inout [UInt8]) {
        guard contains(.idInjection) else { return }
        let id = request.lastEventID.map { "id: \($0)\n" } ?? ""
        // Before the empty line that ends the event.
        event.removeLast()
        event += Array("\(id): topics \(request.topics.joined(separator: ","))\n\n".utf8)
    }
}

extension Faults {
    static let cutAtAge = FaultDefinition(
        .cutAtAge,
        "Every stream is cut, without an end, once it is a minute old, or as old as --fault-after says, whatever it carries."
    )

    /// Whether a stream that is too old is cut, and not ended.
    var cutsOldStreams: Bool { contains(.cutAtAge) }

    /// When a stream's life is over that began at a moment, in ns of the monotonic clock; nil where it may live on.
    func lifeEnd(since start: Nanoseconds) -> Nanoseconds? {
        contains(.cutAtAge) || contains(.recycles) ? start.saturatingAdding(delay) : nil
    }
}

extension Faults {
    static let recycles = FaultDefinition(
        .recycles,
        "Harmless: every stream ends in good order after a minute, or after --fault-after, and tells its client to come back.",
        foundBy: .nothing("it is none: the self-test takes such a server for a clean one")
    )

    /// The reconnection time that a server tells which recycles its streams, in milliseconds.
    static let recycleRetry: UInt64 = 1_000
}

extension Faults {
    static let retryStorm = FaultDefinition(
        .retryStorm,
        "The first event says `retry: 0`: clients that lose their connection come back at once, again and again."
    )

    /// The reconnection time that the first event tells, in milliseconds; nil for none.
    var retry: UInt64? { contains(.retryStorm) ? 0 : contains(.recycles) ? Self.recycleRetry : nil }
}

extension Faults {
    /// The faults of what a stream carries, and of how long it lives.
    static let ofStreams = [
        buffered, splitUTF8, wrongContentType, idInjection, cutAtAge, recycles, retryStorm,
    ]
}
