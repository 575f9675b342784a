import Record
import Testing
import Vocabulary

@testable import Load

/// Publishers and clients that come back, without sockets: the test says when what happens, in ms.
@Suite struct ResumeReceiptsTests {
    private final class Scene {
        let table = MessageTable(capacity: 4_096)
        var receipts: ResumeReceipts

        init(comesBack: [Bool] = [true]) {
            let publisher = WatchedPublisher(
                name: "news",
                table: table,
                rule: DeliveryRule(grace: 100 * .perMillisecond),
                words: 2,
                scenarios: comesBack.map { _ in true }
            )
            receipts = ResumeReceipts([publisher], comesBack: comesBack)
        }

        deinit { receipts.release() }

        /// Publishes messages, one every ten milliseconds, accepted a millisecond later.
        @discardableResult func publish(_ count: Int, from moment: UInt64) -> [UInt32] {
            (0..<UInt64(count)).map { index in
                let sent = (moment + 10 * index) * .perMillisecond
                let sequence = table.begin(scheduled: sent)
                table.accept(sequence, at: sent + .perMillisecond)
                return sequence
            }
        }

        func open(_ slot: Int = 0, at moment: UInt64, isResumed: Bool = false) {
            receipts.open(slot, scenario: 0, at: moment * .perMillisecond, isResumed: isResumed)
            receipts.noteEvent(slot, at: moment * .perMillisecond)
        }

        func deliver(_ sequences: some Sequence<UInt32>, to slot: Int = 0, at moment: UInt64) {
            for sequence in sequences {
                let stamp = MessageStamp(publisher: 0, sequence: sequence)
                receipts.note(stamp, slot, scenario: 0, at: moment * .perMillisecond)
            }
        }

        func close(_ slot: Int = 0, at moment: UInt64) {
            receipts.close(slot, scenario: 0, at: moment * .perMillisecond)
        }

        var counts: ResumeCounts { receipts.counts(of: 0) ?? ResumeCounts() }
    }

    /// A client that had five messages, then was away for ten.
    private func away(_ scene: Scene) -> (had: [UInt32], missed: [UInt32]) {
        scene.open(at: 10)
        let had = scene.publish(5, from: 100)
        scene.deliver(had, at: 200)
        scene.close(at: 1_000)
        return (had, scene.publish(10, from: 1_500))
    }

    @Test func whatIsSentAgainIsReplayed() {
        let scene = Scene()
        let (_, missed) = away(scene)
        scene.open(at: 2_000, isResumed: true)
        scene.deliver(missed, at: 2_001)
        scene.deliver(scene.publish(3, from: 2_500), at: 2_600)
        scene.close(at: 4_000)
        #expect(scene.counts.resumed == 1)
        #expect(scene.counts.replayed == 10)
        #expect(scene.counts.missing == 0)
        #expect(scene.counts.repeated == 0)
        #expect(scene.counts.lost == 0)
    }

    @Test func whatIsLeftOutIsLostWhereOthersAreSent() {
        let scene = Scene()
        let (_, missed) = away(scene)
        scene.open(at: 2_000, isResumed: true)
        scene.deliver(missed.dropFirst(2), at: 2_001)
        scene.close(at: 4_000)
        #expect(scene.counts.replayed == 8)
        #expect(scene.counts.missing == 2)
        #expect(scene.counts.lost == 2)
    }

    @Test func aServerThatNeverSendsAgainLosesNothing() {
        let scene = Scene()
        _ = away(scene)
        scene.open(at: 2_000, isResumed: true)
        scene.close(at: 4_000)
        #expect(scene.counts.missing == 10)
        #expect(!scene.counts.isSupported)
        #expect(scene.counts.lost == nil)
    }

    @Test func whatTheClientHadIsRepeated() {
        let scene = Scene()
        let (had, missed) = away(scene)
        scene.open(at: 2_000, isResumed: true)
        scene.deliver(had.suffix(1) + missed, at: 2_001)
        scene.close(at: 4_000)
        #expect(scene.counts.repeated == 1)
        #expect(scene.counts.replayed == 10)
    }

    /// A duplicate of a live message is the delivery's, not the resumption's.
    @Test func whatComesTwiceLiveIsNotRepeatedOnResume() {
        let scene = Scene()
        let (_, missed) = away(scene)
        scene.open(at: 2_000, isResumed: true)
        scene.deliver(missed, at: 2_001)
        let live = scene.publish(1, from: 2_500)
        scene.deliver(live + live, at: 2_600)
        scene.close(at: 4_000)
        #expect(scene.counts.repeated == 0)
    }

    /// What the second stream is too short to be judged by, the third one is; and nothing is counted twice.
    @Test func aShortStreamLeavesTheJudgementToTheNext() {
        let scene = Scene()
        let (_, missed) = away(scene)
        scene.open(at: 2_000, isResumed: true)
        scene.close(at: 2_050)
        #expect(scene.counts.missing == 0)
        scene.open(at: 3_000, isResumed: true)
        scene.deliver(missed.dropFirst(), at: 3_001)
        scene.close(at: 4_000)
        #expect(scene.counts.missing == 1)
        #expect(scene.counts.replayed == 9)
        scene.open(at: 5_000, isResumed: true)
        scene.close(at: 6_000)
        #expect(scene.counts.missing == 1)
    }

    @Test func aClientThatNamesNoEventIsANewOne() {
        let scene = Scene()
        let (had, missed) = away(scene)
        scene.open(at: 2_000)
        scene.deliver(had + missed, at: 2_001)
        scene.close(at: 4_000)
        #expect(scene.counts == ResumeCounts())
    }

    @Test func aSlotsNextClientHasNothingOfTheLast() {
        let scene = Scene()
        let (had, _) = away(scene)
        scene.open(at: 2_000, isResumed: true)
        scene.close(at: 2_500)
        let before = scene.counts
        scene.open(at: 3_000)
        scene.deliver(had, at: 3_001)
        scene.close(at: 4_000)
        #expect(scene.counts == before)
    }

    @Test func whereNobodyComesBackNothingIsWatched() {
        let scene = Scene(comesBack: [false])
        #expect(scene.receipts.isEmpty)
        #expect(scene.receipts.counts(of: 0) == nil)
        scene.open(at: 10)
        scene.close(at: 20)
    }
}
