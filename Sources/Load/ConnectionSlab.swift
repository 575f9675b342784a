/// Slots for a worker's connections, side by side in memory; a freed slot is used again.
struct ConnectionSlab {
    /// A connection may move when the slab grows: pointers last until the next ``take()``.
    private(set) var base: UnsafeMutablePointer<Connection>
    private var capacity: Int
    private var used = 0
    private var free: [Int32] = []
    private(set) var liveCount = 0

    init() {
        capacity = 256
        base = .allocate(capacity: capacity)
    }

    /// Takes a slot, whose memory the caller initializes.
    ///
    /// - Returns: the slot, and the generation that its new connection must have.
    mutating func take() -> (slot: Int, generation: UInt32) {
        liveCount += 1
        if let slot = free.popLast() { return (Int(slot), base[Int(slot)].generation) }
        if used == capacity { grow() }
        used += 1
        return (used - 1, 0)
    }

    /// Gives a slot back; its connection must have been released.
    mutating func give(_ slot: Int) {
        base[slot].phase = .free
        base[slot].generation &+= 1
        free.append(Int32(slot))
        liveCount -= 1
    }

    /// The slots ever taken.
    var slots: Range<Int> { 0..<used }

    func release() {
        base.deallocate()
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Connection>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: capacity)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
