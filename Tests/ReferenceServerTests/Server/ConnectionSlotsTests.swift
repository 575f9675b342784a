import Testing

@testable import ReferenceServer

@Suite struct ConnectionSlotsTests {
    @Test func limitIsKeptAndEachSlotIsGivenBackOnce() throws {
        let metrics = ServerMetrics()
        let slots = ConnectionSlots(limit: 2, metrics: metrics)
        let first = try #require(slots.take())
        let second = try #require(slots.take())
        #expect(slots.take() == nil)
        #expect(slots.take() == nil)
        #expect(metrics.slots.value == 2)
        first.giveBack()
        first.giveBack()
        #expect(metrics.slots.value == 1)
        _ = try #require(slots.take())
        #expect(slots.take() == nil)
        second.giveBack()
        #expect(metrics.slots.value == 1)
    }
}
