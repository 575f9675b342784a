import EventStream

/// Drives a parser over pieces that are each copied to their own memory, as reads from a socket are.
package enum EventStreamReading {
    package static func tokens(_ pieces: [[UInt8]], limit: Int = 1 << 20, stopping: Bool = false) -> [EventToken] {
        var parser = EventStreamParser(limitBytes: limit)
        defer { parser.release() }
        var sink = RecordingSink(stopsAtEvents: stopping)
        for piece in pieces {
            if let limit = feed(piece, to: &parser, &sink) {
                return sink.tokens + [.limit(limit)]
            }
        }
        return sink.tokens
    }

    package static func tokens(_ text: String, limit: Int = 1 << 20) -> [EventToken] {
        tokens([Array(text.utf8)], limit: limit)
    }

    /// Feeds one piece, going on after each stop.
    package static func feed(
        _ piece: [UInt8],
        to parser: inout EventStreamParser,
        _ sink: inout RecordingSink
    ) -> EventStreamLimit? {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: piece.count, alignment: 1)
        // Overwritten before it is freed, so that a view kept too long reads other bytes.
        defer {
            memory.initializeMemory(as: UInt8.self, repeating: 0x21)
            memory.deallocate()
        }
        memory.copyBytes(from: piece)
        var rest = UnsafeRawBufferPointer(memory)
        while true {
            switch parser.parse(rest, into: &sink) {
            case .consumedAll: return nil
            case .stopped(let consumed): rest = UnsafeRawBufferPointer(rebasing: rest[consumed...])
            case .limit(let limit): return limit
            }
        }
    }
}
