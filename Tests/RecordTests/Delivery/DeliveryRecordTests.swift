import Foundation
import Record
import Testing

@Suite struct DeliveryRecordTests {
    private func delivery(_ publisher: String, received: UInt64, publishing: Bool) -> DeliveryRecord {
        var delivery = DeliveryRecord(publisher: publisher)
        delivery.counts.received = received
        delivery.counts.lost = 1
        delivery.latency.record(5_000)
        if publishing {
            var counts = PublishingCounts()
            counts.accepted = received
            counts.errors = ["HTTP_500": 2, "ECONNRESET": 1]
            counts.spread.record(7_000)
            delivery.publishing = counts
        }
        return delivery
    }

    @Test func loadsAddUpByPublisher() throws {
        var (left, right) = (LoadRecord(), LoadRecord())
        left.deliveries = [delivery("a", received: 10, publishing: true)]
        right.deliveries = [
            delivery("b", received: 5, publishing: true), delivery("a", received: 3, publishing: false),
        ]
        left.merge(right)
        left.merge(LoadRecord())
        let merged = try #require(left.deliveries)
        #expect(merged.map(\.publisher) == ["a", "b"])
        #expect(merged[0].counts.received == 13)
        #expect(merged[0].counts.owed == 15)
        #expect(merged[0].latency.count == 2)
        #expect(merged[0].publishing?.accepted == 10)
        #expect(merged[0].publishing?.failed == 3)
        #expect(merged[1].publishing?.accepted == 5)
        #expect(LoadRecord().deliveries == nil)
    }

    @Test func everyCountIsMerged() throws {
        var counts = DeliveryCounts()
        let names = Mirror(reflecting: counts).children.compactMap(\.label)
        let once = Dictionary(uniqueKeysWithValues: zip(names, 1...))
        let twice = once.mapValues { 2 * $0 }
        let other = try JSONDecoder().decode(DeliveryCounts.self, from: JSONEncoder().encode(once))
        counts.merge(other)
        counts.merge(other)
        let expected = try JSONDecoder().decode(DeliveryCounts.self, from: JSONEncoder().encode(twice))
        #expect(counts == expected)
    }

    @Test func aRecordIsKeptWholeInJSON() throws {
        var load = LoadRecord()
        load.deliveries = [delivery("a", received: 10, publishing: true)]
        #expect(try JSONDecoder().decode(LoadRecord.self, from: JSONEncoder().encode(load)) == load)
    }
}
