/// What was counted of a server's sockets at one moment.
struct SocketFigures: Equatable, Sendable {
    /// The sockets in each state.
    var states = TCPStateCounts()
    /// Bytes that have arrived and were not read.
    var receiveQueue: UInt64 = 0
    /// Bytes that were written and not acknowledged.
    var sendQueue: UInt64 = 0
    /// The sockets that stand though their other end is gone; nil where that was not asked, or cannot be known.
    var orphaned: Int?
}
