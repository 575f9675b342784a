/// Bytes that the socket has not taken yet, in pieces that may be shared with other queues.
struct OutputQueue {
    private var pieces: [[UInt8]] = []
    private var first = 0
    private var offset = 0
    /// Bytes that wait.
    private(set) var bytes = 0

    var isEmpty: Bool { bytes == 0 }

    /// Adds what follows an offset of a piece.
    mutating func append(_ piece: [UInt8], from start: Int) {
        guard start < piece.count else { return }
        if isEmpty { offset = start }
        // Only the first piece of a queue can have been sent in part.
        precondition(start == 0 || isEmpty)
        pieces.append(piece)
        bytes += piece.count - start
    }

    /// Calls a body with the bytes to send next.
    func withNext<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        pieces[first].withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
    }

    /// Forgets bytes that were sent, which are not more than the last call of ``withNext(_:)`` gave.
    mutating func consume(_ count: Int) {
        bytes -= count
        offset += count
        guard offset == pieces[first].count else { return }
        offset = 0
        first += 1
        if first == pieces.count {
            pieces = []
            first = 0
        } else if first >= Self.consumedPiecesKept {
            pieces.removeFirst(first)
            first = 0
        }
    }

    private static let consumedPiecesKept = 64
}
