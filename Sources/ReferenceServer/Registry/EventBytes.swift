import EventStream
import HTTP

/// A piece of an event stream, built once and shared by all who are sent it.
public struct EventBytes: Sendable {
    /// The piece as it stands.
    public let body: [UInt8]
    /// The piece as one chunk of the chunked transfer coding (RFC 9112, 7.1).
    public let chunk: [UInt8]

    /// A piece from its bytes; an empty one stands for nothing.
    public init(_ body: [UInt8]) {
        self.body = body
        var chunk: [UInt8] = []
        chunk.reserveCapacity(body.count + 16)
        ChunkedEncoder.append(chunk: body, to: &chunk)
        self.chunk = chunk
    }
}

extension EventBytes {
    /// Lets pages of every origin read, without credentials (Fetch, HTTP responses).
    static let anyOrigin = HTTPField("Access-Control-Allow-Origin", "*")

    /// What every event stream's head says, whatever frames its body.
    static let headFields = [
        HTTPField("Content-Type", "text/event-stream"),
        HTTPField("Cache-Control", "no-store"),
        // Else nginx, as a proxy, holds events back until its buffer is full.
        HTTPField("X-Accel-Buffering", "no"),
        anyOrigin,
    ]

    /// The first event of a stream, with the client's id in its data and a broadcast's number as its ID.
    static func connected(
        _ id: ClientID,
        number: UInt64,
        for request: EventStreamRequest,
        faults: Faults
    ) -> EventBytes {
        var bytes = event("connected", data: "{\"id\":\"\(id)\"}", id: "\(number)", retry: faults.retry)
        faults.repeatRequest(request, in: &bytes)
        return EventBytes(bytes)
    }

    /// A broadcast's event, of the default type, with its number as its ID.
    static func event(data: String, number: UInt64, faults: Faults) -> EventBytes {
        EventBytes(faults.cut(event(nil, data: data, id: "\(number)")))
    }

    /// An event of the default type without an ID.
    static func event(data: String, faults: Faults) -> EventBytes {
        EventBytes(faults.cut(event(nil, data: data)))
    }

    /// A comment line, which keeps a quiet stream alive (HTML, 9.2.7).
    ///
    /// The empty line after it ends no event, since none has begun.
    static let heartbeat = EventBytes(Array(": heartbeat\n\n".utf8))

    private static func event(_ type: String?, data: String, id: String? = nil, retry: UInt64? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            try EventStreamWriter.append(event: type, data: data, id: id, retry: retry, to: &bytes)
        } catch {
            preconditionFailure("types and ids are this room's own: \(error)")
        }
        return bytes
    }
}
