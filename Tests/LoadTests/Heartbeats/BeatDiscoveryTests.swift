import Record
import Testing
import Vocabulary

@testable import Load

@Suite struct BeatDiscoveryTests {
    private final class Names {
        let pointer = UnsafeMutablePointer<BeatNames>.allocate(capacity: 1)

        init() { pointer.initialize(to: BeatNames()) }

        deinit {
            pointer.pointee.release()
            pointer.deallocate()
        }

        func index(_ name: String) -> Int? {
            Array(name.utf8).withUnsafeBytes { pointer.pointee.index(of: $0) }
        }
    }

    @Test func namesAreToldApartUpToALimit() {
        let names = Names()
        #expect(["ping", "news", "ping", "pin", "", "tick"].map { names.index($0) } == [0, 1, 0, 2, nil, 3])
        #expect(names.index("fifth") == nil)
        #expect(names.index("news") == 1)
        #expect(names.index(String(repeating: "n", count: BeatNames.longest + 1)) == nil)
        #expect((0..<4).map { names.pointer.pointee.name($0) } == ["ping", "news", "pin", "tick"])
    }

    @Test func whatComesAgainIsFoundWithItsIntervals() throws {
        let names = Names()
        _ = names.index("ping")
        var discovery = BeatDiscovery(names.pointer)
        let rows = [discovery.takeRow(), discovery.takeRow()]
        for step in 1...5 as ClosedRange<Nanoseconds> {
            for row in rows { discovery.note(1 << UInt8(BeatKinds.firstName), row: row, at: step * .perSecond) }
        }
        discovery.note(1 << UInt8(BeatKinds.comment), row: rows[0], at: 6 * .perSecond)
        let found = discovery.take()
        #expect(found.map(\.kind) == [.any, .event], "a comment that came once comes not again")
        let ping = try #require(found.last)
        #expect(ping.name == "ping")
        #expect((ping.streams, ping.looked) == (2, 2))
        #expect(ping.interval.count == 8)
        #expect(ping.interval.largest == .perSecond)
        #expect(discovery.take().isEmpty, "each interval is told once")
    }

    @Test func rowsAreUsedAgainWithoutWhatWasSeenBefore() {
        let names = Names()
        var discovery = BeatDiscovery(names.pointer)
        let rows = (0..<BeatDiscovery.streams).map { _ in discovery.takeRow() }
        #expect(Set(rows).count == BeatDiscovery.streams && !rows.contains(0))
        #expect(discovery.takeRow() == 0, "all are taken")
        discovery.note(0, row: rows[0], at: .perSecond)
        discovery.give(rows[0])
        let row = discovery.takeRow()
        #expect(row == rows[0])
        discovery.note(0, row: row, at: 2 * .perSecond)
        #expect(discovery.take().isEmpty)
    }
}
