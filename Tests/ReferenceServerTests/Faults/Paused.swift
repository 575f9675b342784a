import EventLoop

/// What waits in pauses until a test goes on.
final class Paused: Sendable {
    private let waiting = Locked<[@Sendable () -> Void]>([])

    func add(_ continuation: @escaping @Sendable () -> Void) { waiting.withLock { $0.append(continuation) } }

    /// Ends the pauses that have begun, in their order.
    func goOn() {
        let continuations = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for continuation in continuations { continuation() }
    }
}
