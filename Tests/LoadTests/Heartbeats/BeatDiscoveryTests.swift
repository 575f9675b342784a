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
        let ping = Self.bits(BeatKinds.firstName)
        for step in 1...5 as ClosedRange<Nanoseconds> {
            for row in rows { discovery.note(ping, row: row, at: step * .perSecond) }
        }
        discovery.note(Self.bits(BeatKinds.comment), row: rows[0], at: 6 * .perSecond)
        let found = discovery.take()
        #expect(found.map(\.kind) == [.any, .event], "a comment that came once comes not again")
        let event = try #require(found.last)
        #expect(event.name == "ping")
        #expect((event.streams, event.looked) == (2, 2))
        #expect(event.interval.count == 8)
        #expect(event.interval.largest == .perSecond)
        #expect(discovery.take().isEmpty, "each interval is told once")
    }

    /// An event that opens each stream of a client that comes back is no heartbeat.
    @Test func whatComesOnceAStreamIsNoBeat() {
        let names = Names()
        var discovery = BeatDiscovery(names.pointer)
        let row = discovery.takeRow()
        for stream in 0..<4 as Range<Nanoseconds> {
            let opened = (1 + 5 * stream) * .perSecond
            discovery.beginAnew(row)
            discovery.note(Self.bits(BeatKinds.firstName), row: row, at: opened)
            for beat in 1...3 as ClosedRange<Nanoseconds> {
                discovery.note(Self.bits(BeatKinds.comment), row: row, at: opened + beat * .perSecond)
            }
        }
        let found = discovery.take()
        #expect(found.map(\.kind) == [.comment, .any])
        #expect(found.map(\.interval.count) == [8, 12])
        #expect(found.map(\.interval.largest) == [.perSecond, .perSecond])
    }

    /// Some kind, which is bytes as well.
    private static func bits(_ kind: Int? = nil) -> UInt8 {
        1 << UInt8(BeatKinds.any) | (kind.map { 1 << UInt8($0) } ?? 0)
    }

    @Test func rowsAreUsedAgainWithoutWhatWasSeenBefore() {
        let names = Names()
        var discovery = BeatDiscovery(names.pointer)
        let rows = (0..<BeatDiscovery.streams).map { _ in discovery.takeRow() }
        #expect(Set(rows).count == BeatDiscovery.streams && !rows.contains(0))
        #expect(discovery.takeRow() == 0, "all are taken")
        discovery.note(Self.bits(), row: rows[0], at: .perSecond)
        discovery.give(rows[0])
        let row = discovery.takeRow()
        #expect(row == rows[0])
        discovery.note(Self.bits(), row: row, at: 2 * .perSecond)
        #expect(discovery.take().isEmpty)
    }
}
