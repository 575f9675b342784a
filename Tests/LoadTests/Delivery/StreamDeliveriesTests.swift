import Record
import Synchronization
import Testing
import Vocabulary

@testable import Load

/// Publishers and streams without sockets: the test says when what happens, in ms.
@Suite struct StreamDeliveriesTests {
    private final class Scene {
        let table: MessageTable
        var streams: StreamDeliveries

        init(scenarios: [Bool] = [true], words: Int = 2, capacity: Int = 1_024) {
            table = MessageTable(capacity: capacity)
            let publisher = WatchedPublisher(
                name: "news",
                table: table,
                rule: DeliveryRule(grace: 100 * .perMillisecond),
                words: words,
                scenarios: scenarios
            )
            streams = StreamDeliveries([publisher], scenarioCount: scenarios.count)
        }

        deinit { streams.release() }

        /// Publishes a message that is sent at once, and accepted a millisecond later.
        @discardableResult func publish(at moment: UInt64, accepted: Bool = true) -> UInt32 {
            let sequence = table.begin(scheduled: moment * .perMillisecond)
            table.send(sequence, at: moment * .perMillisecond)
            if accepted { table.accept(sequence, at: (moment + 1) * .perMillisecond) }
            return sequence
        }

        func begin(
            _ slot: Int,
            at moment: UInt64,
            scenario: Int = 0,
            hasEvent: Bool = true,
            isResumed: Bool = false
        ) {
            streams.begin(
                slot,
                scenario: scenario,
                connected: (moment - 5) * .perMillisecond,
                at: moment * .perMillisecond,
                isResumed: isResumed
            )
            if hasEvent { streams.noteEvent(slot, at: moment * .perMillisecond) }
        }

        func deliver(_ sequence: UInt32, to slot: Int, at moment: UInt64, scenario: Int = 0, isExact: Bool = true) {
            let stamp = MessageStamp(publisher: 0, sequence: sequence)
            streams.note(stamp, slot, scenario: scenario, at: moment * .perMillisecond, isExact: isExact)
        }

        func end(_ slot: Int, at moment: UInt64, scenario: Int = 0) {
            streams.end(slot, scenario: scenario, at: moment * .perMillisecond)
        }

        func depart(_ stream: UInt32, at moment: UInt64) {
            streams.noteDeparture(scenario: 0, stream: stream, at: moment * .perMillisecond)
        }

        /// How many streams each message came to, as the publisher adds it up at the end.
        var reach: ReachCounts {
            var reach = ReachCounts()
            table.forEach { entry in
                reach.note(
                    received: UInt64(entry.pointee.received.load(ordering: .relaxed)),
                    lost: UInt64(entry.pointee.lost.load(ordering: .relaxed))
                )
            }
            return reach
        }

        func places(_ scenario: Int = 0) -> LossPlaces? { streams.records(of: scenario)[0].places }

        func counts(_ scenario: Int = 0) -> DeliveryCounts { streams.records(of: scenario)[0].counts }
    }

    @Test func whatOneStreamLosesIsCountedOnItAlone() {
        let scene = Scene()
        scene.begin(0, at: 10)
        scene.begin(1, at: 10)
        for round in 1...20 as ClosedRange<UInt64> {
            let sequence = scene.publish(at: 100 * round)
            scene.deliver(sequence, to: 0, at: 100 * round + 1)
            if round != 5, round != 6 { scene.deliver(sequence, to: 1, at: 100 * round + 2) }
        }
        scene.end(0, at: 5_000)
        scene.end(1, at: 5_000)
        let counts = scene.counts()
        #expect(counts.streams == 2)
        #expect(counts.received == 38)
        #expect(counts.lost == 2)
        #expect(counts.losers == 1)
        #expect(counts.lostAtStart == 0)
        #expect(counts.owed == 40)
        #expect(counts.duplicated + counts.outOfOrder + counts.stale + counts.replayed + counts.unjudged == 0)
        #expect(scene.streams.records(of: 0)[0].latency.count == 38)
    }

    @Test func aMessageThatCameToNobodyIsLostToAll() {
        let scene = Scene()
        for slot in 0..<3 { scene.begin(slot, at: 10) }
        scene.publish(at: 100)
        scene.publish(at: 200, accepted: false)
        for slot in 0..<3 { scene.end(slot, at: 1_000) }
        #expect(scene.counts().lost == 3)
        #expect(scene.counts().losers == 3)
    }

    /// What `broadcast-skips` does: the recipients are chosen, a stream registers, then the others get the message.
    @Test func aStreamThatRegistersDuringABroadcastHasLostIt() {
        let scene = Scene()
        scene.begin(0, at: 10)
        let sequence = scene.publish(at: 100, accepted: false)
        scene.begin(1, at: 130)
        scene.deliver(sequence, to: 0, at: 180)
        scene.begin(2, at: 190)
        scene.table.accept(sequence, at: 181 * .perMillisecond)
        for slot in 0..<3 { scene.end(slot, at: 1_000) }
        #expect(scene.counts().lost == 1)
        #expect(scene.counts().lostAtStart == 1)
    }

    @Test func aReadThatBroughtMoreThanTheMessageProvesNothing() {
        let scene = Scene()
        scene.begin(0, at: 10)
        let sequence = scene.publish(at: 100, accepted: false)
        scene.begin(1, at: 130)
        scene.deliver(sequence, to: 0, at: 180, isExact: false)
        scene.table.accept(sequence, at: 181 * .perMillisecond)
        for slot in 0..<2 { scene.end(slot, at: 1_000) }
        #expect(scene.counts().lost == 0)
    }

    @Test func aStreamWithoutAnEventIsRegisteredLater() {
        let scene = Scene()
        scene.begin(0, at: 10, hasEvent: false)
        scene.publish(at: 200)
        scene.publish(at: 300)
        scene.end(0, at: 1_000)
        #expect(scene.counts().lost == 1, "250 ms after its head it had to be there")
    }

    @Test func duplicatesAreCountedOnce() {
        let scene = Scene()
        scene.begin(0, at: 10)
        let sequence = scene.publish(at: 100)
        for moment in [101, 102, 103] as [UInt64] { scene.deliver(sequence, to: 0, at: moment) }
        scene.end(0, at: 1_000)
        #expect(scene.counts().received == 1)
        #expect(scene.counts().duplicated == 2)
        #expect(scene.streams.records(of: 0)[0].latency.count == 1)
    }

    @Test func orderIsThatOfPublication() {
        let scene = Scene()
        scene.begin(0, at: 10)
        let (first, second) = (scene.publish(at: 100), scene.publish(at: 200))
        let third = scene.publish(at: 201, accepted: false)
        scene.deliver(second, to: 0, at: 202)
        scene.deliver(first, to: 0, at: 203)
        #expect(scene.counts().outOfOrder == 1)
        let fourth = scene.publish(at: 204)
        scene.deliver(fourth, to: 0, at: 206)
        scene.deliver(third, to: 0, at: 207)
        #expect(scene.counts().outOfOrder == 1, "the third was under way as the fourth was sent")
        #expect(scene.counts().received == 4)
    }

    @Test func whatWasOutBeforeTheStreamIsAReplay() {
        let scene = Scene()
        scene.begin(0, at: 10)
        let old = scene.publish(at: 100)
        scene.deliver(old, to: 0, at: 101)
        scene.begin(1, at: 500)
        scene.deliver(old, to: 1, at: 501)
        scene.deliver(old, to: 1, at: 502)
        let new = scene.publish(at: 600)
        scene.deliver(new, to: 1, at: 601)
        #expect(scene.counts().replayed == 1)
        #expect(scene.counts().duplicated == 1)
        #expect(scene.counts().outOfOrder == 0)
        #expect(scene.counts().received == 2)
        #expect(scene.streams.records(of: 0)[0].latency.count == 2)
    }

    @Test func whatComesOutWhileAStreamConnectsIsLive() {
        let scene = Scene()
        scene.begin(0, at: 10)
        let sequence = scene.publish(at: 96)
        scene.deliver(sequence, to: 0, at: 98)
        scene.begin(1, at: 100)
        scene.deliver(sequence, to: 1, at: 100)
        #expect(scene.counts().received == 2)
        #expect(scene.counts().replayed == 0)
    }

    @Test func aStreamThatEndsWithinTheGraceHasLostNothing() {
        let scene = Scene()
        scene.begin(0, at: 10)
        scene.begin(1, at: 10)
        scene.publish(at: 100)
        scene.end(0, at: 150)
        scene.end(1, at: 300)
        scene.publish(at: 310)
        #expect(scene.counts().lost == 1)
        scene.end(0, at: 5_000)
        #expect(scene.counts().lost == 1, "a stream ends once")
    }

    @Test func aSlotsNextStreamStartsAnew() {
        let scene = Scene()
        scene.begin(7, at: 10)
        let first = scene.publish(at: 100)
        scene.deliver(first, to: 7, at: 101)
        scene.end(7, at: 110)
        scene.begin(7, at: 400)
        let second = scene.publish(at: 500)
        scene.deliver(second, to: 7, at: 501)
        scene.end(7, at: 1_000)
        #expect(scene.counts().received == 2)
        #expect(scene.counts().lost == 0)
        #expect(scene.counts().streams == 2)
    }

    @Test func streamsOfOtherScenariosAreNotAwaitedOn() {
        let scene = Scene(scenarios: [false, true])
        scene.begin(0, at: 10, scenario: 0)
        scene.begin(1, at: 10, scenario: 1)
        let sequence = scene.publish(at: 100)
        scene.deliver(sequence, to: 0, at: 101, scenario: 0)
        scene.end(0, at: 1_000, scenario: 0)
        scene.end(1, at: 1_000, scenario: 1)
        #expect(scene.streams.records(of: 0).isEmpty)
        #expect(scene.counts(1).lost == 1)
        #expect(scene.counts(1).received == 0)
    }

    @Test func aNumberThatWasNeverSentIsNoMessage() {
        let scene = Scene()
        scene.begin(0, at: 10)
        scene.publish(at: 100)
        scene.deliver(9, to: 0, at: 101)
        scene.deliver(0, to: 0, at: 101)
        scene.streams.note(MessageStamp(publisher: 5, sequence: 1), 0, scenario: 0, at: 101, isExact: true)
        #expect(scene.counts().received == 0)
        scene.end(0, at: 105)
        #expect(scene.counts().lost == 0)
    }

    @Test func whatTheTableHasForgottenIsNotJudged() {
        let scene = Scene(capacity: 64)
        scene.begin(0, at: 10)
        for round in 1...200 as ClosedRange<UInt64> { scene.publish(at: 100 + round) }
        scene.end(0, at: 5_000)
        #expect(scene.counts().unjudged == 136)
        #expect(scene.counts().lost == 64)
    }

    @Test func lateMessagesOutOfTheWindowAreStale() {
        let scene = Scene()
        scene.begin(0, at: 10)
        for round in 1...400 as ClosedRange<UInt64> {
            let sequence = scene.publish(at: 100 + 10 * round)
            if round > 1 { scene.deliver(sequence, to: 0, at: 101 + 10 * round) }
        }
        #expect(scene.counts().lost == 1)
        scene.deliver(1, to: 0, at: 5_000)
        #expect(scene.counts().stale == 1)
        #expect(scene.counts().received == 399)
    }

    @Test func theSpreadGoesFromTheFirstDeliveryToTheLast() throws {
        let scene = Scene()
        for slot in 0..<3 { scene.begin(slot, at: 10) }
        let sequence = scene.publish(at: 100)
        for (slot, moment) in [(0, 105), (1, 102), (2, 130)] as [(Int, UInt64)] {
            scene.deliver(sequence, to: slot, at: moment)
        }
        let ends = scene.table.entry(sequence).map {
            ($0.pointee.first.load(ordering: .relaxed), $0.pointee.last.load(ordering: .relaxed))
        }
        let (first, last) = try #require(ends)
        #expect(first == 102 * .perMillisecond)
        #expect(last == 130 * .perMillisecond)
    }

    @Test func eachMessageTellsHowManyStreamsItCameTo() throws {
        let scene = Scene()
        for slot in 0..<3 { scene.begin(slot, at: 10) }
        for round in 0..<12 as Range<UInt64> {
            let sequence = scene.publish(at: 100 + 20 * round)
            scene.deliver(sequence, to: Int(round % 3), at: 101 + 20 * round)
        }
        let whole = scene.publish(at: 600)
        for slot in 0..<3 { scene.deliver(whole, to: slot, at: 601) }
        for slot in 0..<3 { scene.end(slot, at: 5_000) }
        #expect(scene.reach.messages == 13)
        #expect(scene.reach.one == 12)
        #expect(scene.reach.whole == 1)
        #expect(scene.reach.fewest == 3)
        #expect(scene.reach.most == 3)
        let places = try #require(scene.places())
        #expect(places.losersBetween == 3)
        // Before their first ones the second stream has lost one, and the third two.
        #expect(places.lostBehindStart == 3)
        #expect(places.losersBehindStart == 2)
        #expect(places.lostBetween == 21)
        #expect(scene.counts().lost == 24)
    }

    /// One stream that gets nothing, beside one that gets everything, has no gap.
    @Test func aStreamThatGetsNothingLosesNothingBetween() throws {
        let scene = Scene()
        for slot in 0..<2 { scene.begin(slot, at: 10) }
        for round in 0..<12 as Range<UInt64> {
            scene.deliver(scene.publish(at: 100 + 20 * round), to: 0, at: 101 + 20 * round)
        }
        for slot in 0..<2 { scene.end(slot, at: 5_000) }
        #expect(scene.reach.one == 12)
        #expect(scene.places() == LossPlaces())
    }

    @Test func whatIsLostBehindAResumeIsToldFromWhatIsLostLater() throws {
        let scene = Scene()
        scene.begin(0, at: 10)
        scene.begin(1, at: 500, isResumed: true)
        let lost = [scene.publish(at: 510), scene.publish(at: 520)]
        let live = scene.publish(at: 530)
        let later = scene.publish(at: 540)
        let last = scene.publish(at: 550)
        for (index, sequence) in (lost + [live, later, last]).enumerated() {
            scene.deliver(sequence, to: 0, at: 511 + 10 * UInt64(index))
        }
        scene.deliver(live, to: 1, at: 532)
        scene.deliver(last, to: 1, at: 552)
        for slot in 0..<2 { scene.end(slot, at: 5_000) }
        let places = try #require(scene.places())
        #expect(places.resumed == 1)
        #expect(places.lostBehindResume == 2)
        #expect(places.losersBehindResume == 1)
        #expect(places.lostBetween == 1)
        #expect(places.lostBehindStart == 0)
        #expect(scene.counts().lost == 3)
    }

    /// What comes out while a resumed stream connects is replayed, and no live message.
    @Test func aReplayIsNoFirstLiveMessage() {
        let scene = Scene()
        scene.begin(0, at: 10)
        let replayed = scene.publish(at: 496)
        scene.deliver(replayed, to: 0, at: 497)
        scene.begin(1, at: 500, isResumed: true)
        scene.deliver(replayed, to: 1, at: 500)
        let (lost, live) = (scene.publish(at: 510), scene.publish(at: 520))
        for (sequence, moment) in [(lost, 511), (live, 521)] as [(UInt32, UInt64)] {
            scene.deliver(sequence, to: 0, at: moment)
        }
        scene.deliver(live, to: 1, at: 521)
        for slot in 0..<2 { scene.end(slot, at: 5_000) }
        #expect(scene.places()?.lostBehindResume == 1)
        #expect(scene.places()?.lostBetween == 0)
    }

    /// The first live message may come when the window has moved past what was lost.
    @Test func lossesThatLeaveTheWindowLieBehindTheResumeToo() {
        let scene = Scene()
        scene.begin(0, at: 10, isResumed: true)
        for round in 0..<200 as Range<UInt64> { scene.publish(at: 20 + round) }
        scene.deliver(scene.publish(at: 900), to: 0, at: 901)
        scene.end(0, at: 5_000)
        #expect(scene.places()?.lostBehindResume == 200)
        #expect(scene.counts().lost == 200)
    }

    @Test func whatIsLostLongAfterAResumeIsNotItsWork() {
        let scene = Scene()
        scene.begin(0, at: 10, isResumed: true)
        scene.publish(at: 100)
        scene.publish(at: 6_000)
        scene.deliver(scene.publish(at: 7_000), to: 0, at: 7_001)
        scene.end(0, at: 9_000)
        #expect(scene.places()?.lostBehindResume == 1)
        #expect(scene.counts().lost == 2)
    }

    // Deliveries that stop.

    /// Two streams that get every message until one leaves, at 300 ms; then nothing comes.
    private func stopping(_ change: (Scene) -> Void = { _ in }) -> Scene {
        let scene = Scene()
        for slot in 0..<2 { scene.begin(slot, at: 10) }
        for moment in stride(from: 100, to: 300, by: 20) as StrideTo<UInt64> {
            let sequence = scene.publish(at: moment)
            for slot in 0..<2 { scene.deliver(sequence, to: slot, at: moment + 1) }
        }
        scene.end(0, at: 300)
        scene.depart(7, at: 300)
        for moment in stride(from: 310, to: 610, by: 20) as StrideTo<UInt64> { scene.publish(at: moment) }
        change(scene)
        scene.end(1, at: 5_000)
        scene.depart(8, at: 5_000)
        return scene
    }

    @Test func deliveriesThatStopAreToldWithWhoLeft() throws {
        let stop = try #require(stopping().table.stop).record(since: 0, scenarios: ["watchers"])
        #expect(stop.begun == 100 * .perMillisecond)
        #expect(stop.lastDelivery == 281 * .perMillisecond)
        #expect(stop.firstMissed == 310 * .perMillisecond)
        #expect(stop.messages == 15)
        #expect(stop.lost == 15)
        #expect(stop.departed == 1)
        #expect(stop.departures == [.init(scenario: "watchers", stream: 8, at: 300 * .perMillisecond)])
    }

    @Test func deliveriesThatGoOnHaveNotStopped() {
        let scene = stopping { scene in scene.deliver(scene.publish(at: 700), to: 1, at: 701) }
        #expect(scene.table.stop == nil)
        #expect(Scene().table.stop == nil)
    }

    @Test func whereNothingEverCameNothingHasStopped() {
        let scene = Scene()
        scene.begin(0, at: 10)
        scene.publish(at: 100)
        scene.end(0, at: 1_000)
        #expect(scene.counts().lost == 1)
        #expect(scene.table.stop == nil)
    }

    @Test func departuresBeforeTheLastDeliveryGiveWay() {
        var log = DepartureLog()
        for moment in 0..<200 as Range<UInt64> {
            let entry = DepartureLog.Entry(scenario: 0, stream: UInt32(moment), moment: moment * .perSecond)
            log.note(entry, lastDelivery: min(moment, 150) * .perSecond)
        }
        #expect(log.entries.count == DepartureLog.capacity)
        // Those after the last delivery at 150 s were kept, and every one before that counts.
        let kept = log.entries.filter { $0.moment >= 150 * .perSecond }
        #expect(kept.count == 50)
        #expect(log.forgotten == 200 - UInt64(DepartureLog.capacity))
    }
}
