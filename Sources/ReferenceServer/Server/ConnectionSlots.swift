import Synchronization

/// The slots of the streams that may be open at a time.
final class ConnectionSlots: Sendable {
    private let free: Atomic<Int>
    private let metrics: ServerMetrics

    init(limit: Int, metrics: ServerMetrics) {
        free = Atomic(limit)
        self.metrics = metrics
    }

    /// Takes a slot.
    ///
    /// - Returns: nil where none is free.
    func take() -> ConnectionSlot? {
        guard free.wrappingSubtract(1, ordering: .relaxed).newValue >= 0 else {
            free.wrappingAdd(1, ordering: .relaxed)
            return nil
        }
        metrics.slots.add()
        return ConnectionSlot(of: self)
    }

    func giveBack() {
        free.wrappingAdd(1, ordering: .relaxed)
        metrics.slots.add(-1)
    }
}
