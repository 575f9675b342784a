import EventLoop

/// Hands values to the thread of a loop, many at a time.
final class Mailbox<Value: Sendable>: Sendable {
    private let values = Locked<[Value]>([])
    private let loop: EventLoop

    init(of loop: EventLoop) { self.loop = loop }

    /// Hands values over and empties the array; wakes the loop only where nothing was waiting.
    func post(_ new: inout [Value]) {
        guard !new.isEmpty else { return }
        let wasEmpty = values.withLock { values in
            let wasEmpty = values.isEmpty
            values.append(contentsOf: new)
            return wasEmpty
        }
        new.removeAll(keepingCapacity: true)
        if wasEmpty { loop.wake() }
    }

    /// Exchanges all that waits for an emptied array.
    func take(into taken: inout [Value]) {
        precondition(taken.isEmpty)
        values.withLock { swap(&$0, &taken) }
    }

    /// How many values wait.
    var count: Int { values.withLock { $0.count } }
}
