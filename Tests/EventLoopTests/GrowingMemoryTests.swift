import Testing

@testable import EventLoop

@Suite struct GrowingMemoryTests {
    @Test func beginsAsZerosAndKeepsWhatItHoldsWhenItGrows() {
        var memory = GrowingMemory<UInt64>(minimumCapacity: 1)
        defer { memory.release() }
        #expect(memory.capacity >= 1)
        #expect((0..<memory.capacity).allSatisfy { memory.base[$0] == 0 })
        let first = memory.capacity
        for index in 0..<first { memory.base[index] = UInt64(index) }
        memory.grow(toHold: first + 1)
        #expect(memory.capacity >= 2 * first)
        #expect((0..<first).allSatisfy { memory.base[$0] == UInt64($0) })
        #expect((first..<memory.capacity).allSatisfy { memory.base[$0] == 0 })
    }

    @Test func growsAsFarAsIsAskedFor() {
        var memory = GrowingMemory<UInt32>(minimumCapacity: 8)
        defer { memory.release() }
        memory.grow(toHold: 1_000_000)
        #expect(memory.capacity >= 1_000_000)
        memory.base[999_999] = 7
        #expect(memory.base[999_999] == 7)
    }
}
