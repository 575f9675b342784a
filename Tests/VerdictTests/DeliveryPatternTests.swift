import Record
import Testing
import Verdict
import Vocabulary

/// Which pattern losses are given, and that what only resembles it is given none.
@Suite struct DeliveryPatternTests {
    private func load(
        lost: UInt64,
        lostAtStart: UInt64 = 0,
        streams: UInt64 = 30,
        reach: ReachCounts = ReachCounts(),
        places: LossPlaces = LossPlaces(),
        stops: [DeliveryStop] = [],
        replayed: UInt64 = 0
    ) -> LoadRecord {
        var delivery = DeliveryRecord(publisher: "news")
        delivery.counts.streams = streams
        delivery.counts.received = 900
        delivery.counts.lost = lost
        delivery.counts.lostAtStart = lostAtStart
        delivery.counts.losers = 3
        delivery.places = places
        var publishing = PublishingCounts()
        publishing.accepted = 300
        publishing.reach = reach
        publishing.stops = stops.isEmpty ? nil : stops
        delivery.publishing = publishing
        var load = LoadRecord()
        load.deliveries = [delivery]
        load.reconnect = ReconnectRecord()
        load.reconnect?.resume = ResumeCounts()
        load.reconnect?.resume?.replayed = replayed
        return load
    }

    private func title(_ load: LoadRecord) throws -> String {
        var record = Made.record()
        record.load.deliveries = load.deliveries
        record.load.reconnect = load.reconnect
        return try #require(record.findings("events-lost").first).title
    }

    // One queue for all.

    private func reach(one: UInt64, whole: UInt64 = 0, none: UInt64 = 0, streams: UInt64 = 3) -> ReachCounts {
        var reach = ReachCounts()
        for _ in 0..<one { reach.note(received: 1, lost: streams - 1) }
        for _ in 0..<whole { reach.note(received: streams, lost: 0) }
        for _ in 0..<none { reach.note(received: 0, lost: streams) }
        return reach
    }

    private func between(_ streams: UInt64) -> LossPlaces {
        var places = LossPlaces()
        (places.losersBetween, places.lostBetween) = (streams, 50 * streams)
        return places
    }

    @Test func messagesThatEachReachedOneStreamShareAQueue() throws {
        let load = load(lost: 162, streams: 3, reach: reach(one: 81), places: between(3))
        #expect(DeliveryPattern(load) == .oneQueue(messages: 81, streams: 3...3))
        #expect(
            try title(load)
                == "162 of 1,062 events lost, on 3 streams: each message reached one of 3 streams: one queue for all?"
        )
    }

    @Test func someMessagesMayHaveReachedNoneOrAll() {
        let reach = reach(one: 90, whole: 5, none: 5)
        #expect(DeliveryPattern(load(lost: 190, reach: reach, places: between(3))) != nil)
    }

    @Test func theStreamsAreToldFromFewestToMost() throws {
        var reach = reach(one: 20, streams: 4)
        reach.note(received: 1, lost: 1)
        let load = load(lost: 60, reach: reach, places: between(2))
        #expect(try title(load).hasSuffix("each message reached one of up to 4 streams: one queue for all?"))
    }

    /// The near misses of one queue: one stream that alone works, messages that reach some streams, and few messages.
    @Test func whatOnlyResemblesOneQueueIsNotNamed() {
        #expect(DeliveryPattern(load(lost: 162, reach: reach(one: 81), places: between(0))) == nil)
        #expect(DeliveryPattern(load(lost: 162, reach: reach(one: 81), places: between(1))) == nil)
        #expect(DeliveryPattern(load(lost: 162, reach: reach(one: 81, whole: 20), places: between(3))) == nil)
        #expect(DeliveryPattern(load(lost: 162, reach: reach(one: 81, none: 20), places: between(3))) == nil)
        #expect(DeliveryPattern(load(lost: 18, reach: reach(one: 9), places: between(3))) == nil)
        var two = ReachCounts()
        for _ in 0..<81 { two.note(received: 2, lost: 1) }
        #expect(DeliveryPattern(load(lost: 81, reach: two, places: between(3))) == nil)
        #expect(DeliveryPattern(load(lost: 0, reach: reach(one: 81), places: between(3))) == nil)
    }

    // Right behind a resume.

    private func behind(
        lost: UInt64 = 20,
        losers: UInt64 = 8,
        resumed: UInt64 = 20,
        losersBehindStart: UInt64 = 0
    ) -> LossPlaces {
        var places = LossPlaces()
        (places.lostBehindResume, places.losersBehindResume, places.resumed) = (lost, losers, resumed)
        places.losersBehindStart = losersBehindStart
        return places
    }

    @Test func lossesBehindAReplayAreNamed() throws {
        let load = load(lost: 21, places: behind(), replayed: 100)
        #expect(DeliveryPattern(load) == .behindResume(lost: 20, losers: 8, resumed: 20))
        let title = try title(load)
        #expect(title.hasSuffix(": the loss sits right behind a resume: the server replays, then subscribes"))
    }

    /// The near misses of a late subscription: nothing is replayed, most is lost elsewhere, new streams lose as well, the
    /// messages were under way as the streams began, and few streams lost any.
    @Test func whatOnlyResemblesALateSubscriptionIsNotNamed() {
        #expect(DeliveryPattern(load(lost: 21, places: behind())) == nil)
        #expect(DeliveryPattern(load(lost: 25, places: behind(), replayed: 100)) == nil)
        #expect(DeliveryPattern(load(lost: 21, places: behind(losersBehindStart: 2), replayed: 100)) == nil)
        #expect(DeliveryPattern(load(lost: 21, places: behind(losersBehindStart: 1), replayed: 100)) != nil)
        #expect(DeliveryPattern(load(lost: 21, lostAtStart: 11, places: behind(), replayed: 100)) == nil)
        #expect(DeliveryPattern(load(lost: 21, places: behind(losers: 2), replayed: 100)) == nil)
    }

    // A producer that stops with its watcher.

    private func stop(
        lastDelivery: Nanoseconds = 2_000,
        firstMissed: Nanoseconds = 2_040,
        messages: UInt64 = 40,
        departed: UInt64 = 1,
        departures: [Nanoseconds] = [2_010]
    ) -> DeliveryStop {
        DeliveryStop(
            begun: 500 * .perMillisecond,
            lastDelivery: lastDelivery * .perMillisecond,
            firstMissed: firstMissed * .perMillisecond,
            messages: messages,
            lost: 2 * messages,
            departed: departed,
            departures: departures.map { .init(scenario: "watchers", stream: 1, at: $0 * .perMillisecond) }
        )
    }

    @Test func deliveriesThatEndWithAStreamAreNamed() throws {
        let load = load(lost: 80, stops: [stop()])
        #expect(DeliveryPattern(load) == .stoppedWithStream(stop().departures[0], messages: 40, departed: 1))
        #expect(
            try title(load).hasSuffix(
                ": nothing reached anybody after stream 1 of watchers left at 2.01 s: the producer stops with its watcher"
            )
        )
    }

    /// The near misses of a producer that stops: nobody left just then, or several did, or so many leave that one is
    /// always near; few messages followed; and most was lost before.
    @Test func whatOnlyResemblesAStoppedProducerIsNotNamed() {
        #expect(DeliveryPattern(load(lost: 80, stops: [stop(departed: 0, departures: [])])) == nil)
        #expect(DeliveryPattern(load(lost: 80, stops: [stop(departed: 2, departures: [2_010, 2_020])])) == nil)
        #expect(DeliveryPattern(load(lost: 80, stops: [stop(departed: 2)])) == nil)
        #expect(DeliveryPattern(load(lost: 8, stops: [stop(messages: 4)])) == nil)
        #expect(DeliveryPattern(load(lost: 90, stops: [stop()])) == nil)
        #expect(DeliveryPattern(load(lost: 80)) == nil)
    }

    @Test func oldRecordsHaveNoPattern() {
        var load = load(lost: 80)
        load.deliveries?[0].places = nil
        load.deliveries?[0].publishing?.reach = nil
        #expect(DeliveryPattern(load) == nil)
    }
}
