import EventStream
import ParserReadings

/// `text/event-stream`.
enum EventStreamTarget {
    /// Low, so that inputs of a fuzzer's size go past it.
    private static let limit = 64

    static func run(_ bytes: [UInt8], _ pieces: [[UInt8]]) {
        for limit in [limit, 1 << 20] {
            let whole = EventStreamReading.tokens([bytes], limit: limit)
            precondition(whole == EventStreamReading.tokens(pieces, limit: limit), "events differ in pieces")
            let stopping = EventStreamReading.tokens(pieces, limit: limit, stopping: true)
            precondition(whole == stopping, "events differ where each stops the parser")
        }
    }
}
