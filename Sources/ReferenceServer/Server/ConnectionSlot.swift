import Synchronization

/// A slot that a stream has taken.
final class ConnectionSlot: Sendable {
    private let slots: ConnectionSlots
    private let isGivenBack = Atomic<Bool>(false)

    init(of slots: ConnectionSlots) { self.slots = slots }

    /// Gives the slot back; nothing where that is done.
    func giveBack() {
        if !isGivenBack.exchange(true, ordering: .relaxed) { slots.giveBack() }
    }
}
