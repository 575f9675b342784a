import Record
import Testing
import Vocabulary

@testable import Load

/// Silences of single streams put together; times are in ms from a moment of 100 s.
@Suite struct SilenceWatchTests {
    private let started: Nanoseconds = 100 * .perSecond

    private func note(
        _ watch: inout SilenceWatch,
        _ start: Nanoseconds,
        _ end: Nanoseconds,
        isOver: Bool = true,
        watched: UInt64 = 10
    ) {
        watch.note(
            SilenceWatch.Silence(
                start: started + start * .perMillisecond,
                end: started + end * .perMillisecond,
                isOver: isOver,
                usual: 100 * .perMillisecond
            )
        ) { watched }
    }

    @Test func whatOverlapsIsOneAndItsSpanIsWhatAllShare() throws {
        var watch = SilenceWatch()
        note(&watch, 6_000, 8_700)
        note(&watch, 6_200, 8_710)
        note(&watch, 5_900, 8_750)
        let silences = try #require(watch.record(since: started))
        #expect(silences.count == 1)
        #expect((silences[0].start, silences[0].end, silences[0].firstStart) == (6.2, 8.7, 5.9))
        #expect((silences[0].streams, silences[0].resumed, silences[0].watched) == (3, 3, 10))
    }

    @Test func whatComesLaterIsAnother() {
        var watch = SilenceWatch()
        note(&watch, 1_000, 3_000)
        note(&watch, 2_800, 5_000)
        #expect(watch.record(since: started)?.count == 2)
    }

    @Test func theEndOfAStreamEndsNoSilence() throws {
        var watch = SilenceWatch()
        note(&watch, 10_000, 15_000, isOver: false)
        note(&watch, 10_000, 20_000)
        note(&watch, 10_000, 12_000, isOver: false)
        let silence = try #require(watch.record(since: started)?.first)
        #expect((silence.end, silence.streams, silence.resumed) == (20, 3, 1))
    }

    @Test func whatWasAskedAndAnsweredMeanwhileIsCounted() throws {
        var watch = SilenceWatch()
        for time: Nanoseconds in [5_900, 6_050, 6_500, 7_000, 9_000] {
            watch.noteAsked(at: started + time * .perMillisecond)
        }
        watch.noteAnswered(at: started + 6_050 * .perMillisecond)
        watch.noteAnswered(at: started + 8_720 * .perMillisecond)
        note(&watch, 6_000, 8_700)
        let silence = try #require(watch.record(since: started)?.first)
        // It may have gone on for 100 ms, as long as streams were silent before.
        #expect((silence.asked, silence.answered) == (2, 0))
    }

    @Test func missedBeatsBelongToIt() throws {
        var watch = SilenceWatch()
        note(&watch, 1_000, 3_000)
        watch.noteMissed(2, from: started + 900 * .perMillisecond, to: started + 3_000 * .perMillisecond)
        watch.noteMissed(5, from: started, to: started + 1_000 * .perMillisecond)
        #expect(try #require(watch.record(since: started)?.first).missed == 2)
    }

    @Test func silencesOfManyArePreferred() throws {
        var watch = SilenceWatch()
        for _ in 0..<3 { note(&watch, 0, 600) }
        for step in 1...200 as ClosedRange<Nanoseconds> { note(&watch, step * 1_000, step * 1_000 + 600) }
        let silences = try #require(watch.record(since: started))
        #expect(silences.count == CommonSilence.limit)
        #expect(silences.contains { $0.streams == 3 })
        watch.reset()
        #expect(watch.record(since: started) == nil)
    }
}
