import Foundation
import Record
import Testing

@Suite struct DeliveryRecordTests {
    private func delivery(_ publisher: String, received: UInt64, publishing: Bool) -> DeliveryRecord {
        var delivery = DeliveryRecord(publisher: publisher)
        delivery.counts.received = received
        delivery.counts.lost = 1
        var places = LossPlaces()
        (places.resumed, places.lostBetween) = (2, 5)
        delivery.places = places
        delivery.latency.record(5_000)
        if publishing {
            var counts = PublishingCounts()
            counts.accepted = received
            counts.errors = ["HTTP_500": 2, "ECONNRESET": 1]
            counts.spread.record(7_000)
            var reach = ReachCounts()
            reach.note(received: 1, lost: 2)
            counts.reach = reach
            counts.stops = [DeliveryStop(begun: 1, lastDelivery: 2, firstMissed: 3, messages: 4, lost: 5)]
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
        #expect(merged[0].places?.resumed == 4)
        #expect(merged[0].places?.lostBetween == 10)
        #expect(merged[0].publishing?.reach?.one == 1)
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

    @Test func whatIsCountedInTwoPartsIsAddedUp() throws {
        var (left, right) = (delivery("a", received: 1, publishing: true), delivery("a", received: 1, publishing: true))
        right.publishing?.reach?.note(received: 5, lost: 0)
        left.merge(right)
        let reach = try #require(left.publishing?.reach)
        #expect(reach.messages == 3)
        #expect(reach.receivers == [0, 2, 0, 1])
        #expect(left.publishing?.stops?.count == 2)
        for _ in 0..<20 { left.merge(right) }
        #expect(left.publishing?.stops?.count == DeliveryStop.most)
    }

    @Test func aRecordOfAnOlderVersionIsRead() throws {
        var load = LoadRecord()
        load.deliveries = [DeliveryRecord(publisher: "a")]
        load.deliveries?[0].publishing = PublishingCounts()
        #expect(try JSONDecoder().decode(LoadRecord.self, from: JSONEncoder().encode(load)) == load)
    }

    @Test func aRecordIsKeptWholeInJSON() throws {
        var load = LoadRecord()
        load.deliveries = [delivery("a", received: 10, publishing: true)]
        #expect(try JSONDecoder().decode(LoadRecord.self, from: JSONEncoder().encode(load)) == load)
    }
}
