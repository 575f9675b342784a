import Foundation
import Record
import Testing

@Suite struct ReachCountsTests {
    @Test func messagesAreCountedByTheStreamsThatGotThem() {
        var reach = ReachCounts()
        for received in [0, 1, 1, 2, 3, 4, 7, 8] as [UInt64] { reach.note(received: received, lost: 8 - received) }
        #expect(reach.messages == 8)
        #expect(reach.whole == 1)
        #expect(reach.receivers == [1, 2, 2, 2, 1])
        #expect(reach.none == 1)
        #expect(reach.one == 2)
        #expect(reach.fewest == 8)
        #expect(reach.most == 8)
    }

    /// What one stream alone had to get tells nothing of several.
    @Test func whatFewerThanTwoStreamsHadToGetIsLeftOut() {
        var reach = ReachCounts()
        reach.note(received: 1, lost: 0)
        reach.note(received: 0, lost: 1)
        reach.note(received: 0, lost: 0)
        #expect(reach == ReachCounts())
    }

    @Test func countsAddUp() {
        var (left, right) = (ReachCounts(), ReachCounts())
        left.note(received: 1, lost: 3)
        left.note(received: 100, lost: 0)
        right.note(received: 1, lost: 1)
        right.note(received: 1, lost: 5)
        var other = right
        left.merge(right)
        #expect(left.messages == 4)
        #expect(left.one == 3)
        #expect(left.whole == 1)
        #expect(left.fewest == 2)
        #expect(left.most == 6)
        #expect(left.receivers.count == 8)
        other.merge(ReachCounts())
        #expect(other == right)
    }

    @Test func everyPlaceIsMerged() throws {
        var places = LossPlaces()
        let names = Mirror(reflecting: places).children.compactMap(\.label)
        let once = Dictionary(uniqueKeysWithValues: zip(names, 1...))
        let other = try JSONDecoder().decode(LossPlaces.self, from: JSONEncoder().encode(once))
        places.merge(other)
        places.merge(other)
        let expected = try JSONDecoder().decode(
            LossPlaces.self,
            from: JSONEncoder().encode(once.mapValues { 2 * $0 })
        )
        #expect(places == expected)
    }
}
