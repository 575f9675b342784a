/// Timers in a hierarchical wheel: setting, moving and cancelling one costs O(1), whatever their number.
///
/// A timer is known by a small number of the caller's choice, and there is at most one of each number. A timer never
/// fires early and at most a tick late. After Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987), scheme 6.
public struct TimerWheel {
    /// The wheel's resolution as a power of two: 8,192 ns.
    @usableFromInline static let tickShift: UInt64 = 13
    private static let slotBits: UInt64 = 6
    private static let slotsPerLevel = 1 << Int(slotBits)
    /// Eight levels span 2^61 ns, 73 years of the monotonic clock, so that no deadline lies past the wheel.
    private static let levelCount = 8
    private static let farthestTick: UInt64 = 1 << (slotBits * UInt64(levelCount)) - 1
    private static let nowhere: Int32 = -1
    /// Timers of a coarse slot that are looked at for the first one due.
    private static let mostLookedAt = 4

    private struct Entry {
        var deadline: UInt64
        var next: Int32
        var previous: Int32
        /// The slot the entry is in, from 1; 0 where it is not set, as in memory that nobody has touched.
        var place: Int32
    }

    private var memory: GrowingMemory<Entry>
    private var entries: UnsafeMutablePointer<Entry> { memory.base }
    private let heads: UnsafeMutablePointer<Int32>
    private let occupied: UnsafeMutablePointer<UInt64>
    private var current: UInt64
    /// The tick up to which timers are being taken; a timer set meanwhile is placed past it.
    private var horizon: UInt64
    /// Timers that are set.
    public private(set) var count = 0

    /// An empty wheel.
    ///
    /// - Parameter start: the current moment, in ns of the monotonic clock.
    public init(startingAt start: UInt64) {
        memory = GrowingMemory(minimumCapacity: 64)
        heads = .allocate(capacity: Self.levelCount * Self.slotsPerLevel)
        heads.initialize(repeating: Self.nowhere, count: Self.levelCount * Self.slotsPerLevel)
        occupied = .allocate(capacity: Self.levelCount)
        occupied.initialize(repeating: 0, count: Self.levelCount)
        current = start >> Self.tickShift
        horizon = current
    }

    /// Frees the wheel's memory; it must not be used afterwards.
    public mutating func release() {
        memory.release()
        heads.deallocate()
        occupied.deallocate()
    }

    /// Sets a timer, or moves it where it is set.
    ///
    /// - Parameters:
    ///   - timer: the timer's number, from 0; memory grows with the largest.
    ///   - deadline: when it is due, in ns of the monotonic clock; a past one is due in the next turn.
    public mutating func set(_ timer: Int, at deadline: UInt64) {
        precondition(timer >= 0 && timer < Int(Int32.max))
        if timer >= memory.capacity { memory.grow(toHold: timer + 1) }
        if entries[timer].place != 0 { unlink(Int32(timer)) } else { count += 1 }
        // The next tick at the earliest: a timer set while timers fire is due in a later turn.
        let earliest = max(current, horizon) + 1
        entries[timer].deadline = max(deadline, earliest << Self.tickShift)
        place(Int32(timer), notBefore: earliest)
    }

    /// Cancels a timer; one that is not set is left alone.
    public mutating func cancel(_ timer: Int) {
        guard isSet(timer) else { return }
        unlink(Int32(timer))
        count -= 1
    }

    /// Whether a timer is set.
    public func isSet(_ timer: Int) -> Bool { timer < memory.capacity && entries[timer].place != 0 }

    /// When the wheel wants to be looked at next, in ns: never after the first timer is due; nil without timers.
    public var nextDeadline: UInt64? {
        guard let next = nextSlot else { return nil }
        guard next.index >= Self.slotsPerLevel else { return next.tick << Self.tickShift }
        // A coarse slot starts before its timers are due. Where they are few, waking twice costs more than a look.
        var earliest = UInt64.max
        var timer = heads[next.index]
        for _ in 0..<Self.mostLookedAt {
            earliest = min(earliest, ticks(of: entries[Int(timer)].deadline))
            timer = entries[Int(timer)].next
            if timer == Self.nowhere { return max(earliest, next.tick) << Self.tickShift }
        }
        return next.tick << Self.tickShift
    }

    /// Takes one timer that is due.
    ///
    /// - Parameter now: the current moment, in ns of the monotonic clock.
    /// - Returns: the timer's number and when it was due; nil where none is.
    public mutating func popExpired(at now: UInt64) -> (timer: Int, deadline: UInt64)? {
        let nowTick = now >> Self.tickShift
        horizon = max(horizon, nowTick)
        while let next = nextSlot, next.tick <= nowTick {
            current = max(current, next.tick)
            let first = heads[next.index]
            if next.index < Self.slotsPerLevel {
                unlink(first)
                count -= 1
                return (Int(first), entries[Int(first)].deadline)
            }
            // A coarse slot has come: all its timers move to finer levels before any of them is looked at.
            while heads[next.index] != Self.nowhere {
                let timer = heads[next.index]
                unlink(timer)
                place(timer, notBefore: current)
            }
        }
        current = max(current, nowTick)
        return nil
    }

    /// The first occupied slot and the tick at which it starts.
    private var nextSlot: (index: Int, tick: UInt64)? {
        for level in 0..<Self.levelCount where occupied[level] != 0 {
            let slot = UInt64(occupied[level].trailingZeroBitCount)
            let shift = Self.slotBits * UInt64(level)
            let block = (current >> (shift + Self.slotBits)) << (shift + Self.slotBits)
            return (level * Self.slotsPerLevel + Int(slot), block | slot << shift)
        }
        return nil
    }

    /// The tick at or after a deadline, so that no timer fires early.
    private func ticks(of deadline: UInt64) -> UInt64 {
        let whole = deadline >> Self.tickShift
        return whole << Self.tickShift == deadline ? whole : whole + 1
    }

    private mutating func place(_ timer: Int32, notBefore earliest: UInt64) {
        let tick = min(max(ticks(of: entries[Int(timer)].deadline), earliest), Self.farthestTick)
        let differing = (tick ^ current) | (1 << Self.slotBits - 1)
        let level = (63 - differing.leadingZeroBitCount) / Int(Self.slotBits)
        let slot = Int(tick >> (Self.slotBits * UInt64(level))) & (Self.slotsPerLevel - 1)
        let index = level * Self.slotsPerLevel + slot
        let head = heads[index]
        entries[Int(timer)].place = Int32(index) + 1
        entries[Int(timer)].previous = Self.nowhere
        entries[Int(timer)].next = head
        if head != Self.nowhere { entries[Int(head)].previous = timer }
        heads[index] = timer
        occupied[level] |= 1 << UInt64(slot)
    }

    private mutating func unlink(_ timer: Int32) {
        let entry = entries[Int(timer)]
        let index = Int(entry.place) - 1
        if entry.next != Self.nowhere { entries[Int(entry.next)].previous = entry.previous }
        if entry.previous != Self.nowhere {
            entries[Int(entry.previous)].next = entry.next
        } else {
            heads[index] = entry.next
            if entry.next == Self.nowhere {
                occupied[index / Self.slotsPerLevel] &= ~(1 << UInt64(index % Self.slotsPerLevel))
            }
        }
        entries[Int(timer)].place = 0
    }
}
