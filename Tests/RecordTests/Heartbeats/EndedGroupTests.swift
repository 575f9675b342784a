import Foundation
import Record
import Testing
import Vocabulary

/// Why the server ended streams, from their ages, silences and moments.
@Suite struct EndedGroupTests {
    /// One stream: when it began, how old it became, how long it was silent at the end and before, in ms.
    private struct Life {
        var start: Nanoseconds
        var age: Nanoseconds
        var silence: Nanoseconds
        var gap: Nanoseconds
    }

    private func group(_ lives: [Life], quietAfter: Nanoseconds = 500, isToldRetry: Bool = false) -> EndedGroup {
        let sorted = lives.sorted { $0.start + $0.age < $1.start + $1.age }
        return sorted.reduce(into: EndedGroup()) { group, life in
            let end = StreamEnd(
                age: life.age * .perMillisecond,
                silence: life.silence * .perMillisecond,
                longestGap: life.gap * .perMillisecond,
                isOrderly: true,
                isToldRetry: isToldRetry
            )
            let isQuiet = life.silence >= quietAfter && end.isUnusuallySilent
            group.note(end, isQuiet: isQuiet, at: (life.start + life.age) * .perMillisecond)
        }
    }

    private func lives(_ change: (Nanoseconds) -> Life) -> [Life] { (0..<40 as Range<Nanoseconds>).map(change) }

    private func age(_ group: EndedGroup) -> Nanoseconds? {
        if case .age(let age) = group.cause { age.typical / .perMillisecond } else { nil }
    }

    private func silence(_ group: EndedGroup) -> Nanoseconds? {
        if case .silence(let silence) = group.cause { silence.typical / .perMillisecond } else { nil }
    }

    /// A second after each beat it was as silent before.
    @Test func streamsThatBeatUntilTheyEndAtOneAgeAreNotQuiet() throws {
        let group = group(lives { Life(start: 50 * $0, age: 5_000 + $0 % 7, silence: 1_000, gap: 1_001) })
        #expect((5_000...5_010).contains(try #require(age(group))))
        #expect(group.quiet == 0)
    }

    /// Some were silent for a little longer than before, by chance: their age explains their end.
    @Test func aLateBeatMakesNoQuietStream() throws {
        let group = group(lives { Life(start: 50 * $0, age: 5_000, silence: $0 % 3 == 0 ? 1_400 : 900, gap: 1_000) })
        #expect(age(group) != nil)
        #expect(group.quiet == 14)
    }

    /// An event at the start, one more at 4 s, the end at 10 s: nobody can tell, so the age is taken.
    @Test func aSilenceLittleLongerThanOthersIsNotBlamed() {
        #expect(age(group(lives { Life(start: 50 * $0, age: 10_000, silence: 6_000, gap: 4_000) })) != nil)
    }

    @Test func streamsOnWhichNothingCameEndForTheirSilence() throws {
        let group = group(lives { Life(start: 50 * $0, age: 5_002, silence: 5_000, gap: 2) })
        #expect((4_990...5_010).contains(try #require(silence(group))))
        #expect(group.isQuietForLife)
    }

    @Test func heartbeatsThatStopEndForTheirSilence() throws {
        let group = group(lives { Life(start: 50 * $0, age: 13_000, silence: 10_000, gap: 1_000) })
        #expect((9_990...10_010).contains(try #require(silence(group))))
        #expect(!group.isQuietForLife)
    }

    /// Events come now and then, each starts the timer anew: the ages differ, the silence does not.
    @Test func aTimerThatEventsRestartIsFoundAtAnyAge() throws {
        let group = group(lives { Life(start: 50 * $0, age: 5_000 + 371 * $0, silence: 5_000, gap: $0 % 5 * 1_000) })
        #expect((4_990...5_010).contains(try #require(silence(group))))
    }

    /// A server that looks at its streams once a second.
    @Test func anAgeThatIsLookedAtNowAndThenIsFound() {
        let looked = lives { number -> Life in
            let start = 173 * number
            return Life(start: start, age: (start + 6_999) / 1_000 * 1_000 - start, silence: 100, gap: 200)
        }
        #expect(age(group(looked)) != nil)
    }

    @Test func streamsOfDifferentAgesThatEndAtOnceHaveLostTheirWorker() {
        let group = group(lives { Life(start: 100 * $0, age: 8_000 - 100 * $0, silence: 300, gap: 1_000) })
        guard case .together(let streams, let instants) = group.cause else {
            Issue.record("\(String(describing: group.cause))")
            return
        }
        #expect(streams == 40)
        #expect(instants.map(\.index) == [80])
        #expect(instants[0].youngest == 4_100 * .perMillisecond && instants[0].oldest == 8_000 * .perMillisecond)
    }

    /// A worker that falls at a second beat's distance after the last beat of all has not ended quiet streams.
    @Test func aHerdsWorkerIsNoTimer() {
        let group = group(lives { Life(start: 100 * $0, age: 8_000 - 100 * $0, silence: 1_300, gap: 1_000) })
        if case .together = group.cause {} else { Issue.record("\(String(describing: group.cause))") }
    }

    /// A server that is restarted every now and then, with all streams back at once in between, has no limit of age.
    @Test func restartsAreNoAge() {
        let first = lives { Life(start: 40 * $0, age: 5_000 - 40 * $0, silence: 100, gap: 1_000) }
        let later = [6_000, 11_000, 16_000].flatMap { start in
            lives { _ in Life(start: start, age: 4_000, silence: 100, gap: 1_000) }
        }
        #expect(age(group(first + later)) == nil)
    }

    /// They began together and ended together: the moment may have been anything.
    @Test func oneMomentTellsNoAge() {
        #expect(group(lives { Life(start: $0, age: 6_000 - $0, silence: 100, gap: 1_000) }).cause == nil)
    }

    /// The same streams come back all at once, and all end as old again.
    @Test func wavesOfOneAgeTellIt() {
        let waves = [0, 7_000, 14_000].flatMap { start in
            lives { Life(start: start + $0, age: 6_000, silence: 100, gap: 1_000) }
        }
        #expect(age(group(waves)) == 6_000 || age(group(waves)) == 6_001)
    }

    @Test func anyAgesAndMomentsTellNothing() {
        #expect(group(lives { Life(start: 10 * $0, age: 1_000 + 977 * $0, silence: 100, gap: 1_000) }).cause == nil)
        #expect(group([Life(start: 0, age: 5_000, silence: 5_000, gap: 0)]).cause == nil, "one stream is too few")
    }

    @Test func twoHalvesAreTheWhole() throws {
        let all = lives { Life(start: 50 * $0, age: 5_000, silence: 1_000, gap: 1_000) }
        var merged = group(Array(all.prefix(15)), isToldRetry: true)
        merged.merge(group(Array(all.dropFirst(15)), isToldRetry: true))
        #expect(merged == group(all, isToldRetry: true))
        #expect(merged.isToldRetry)
        #expect(try JSONDecoder().decode(EndedGroup.self, from: JSONEncoder().encode(merged)) == merged)
    }

    @Test func instantsAreBounded() {
        let many = (0..<UInt64(EndedGroup.mostInstants) + 100).map { number in
            Life(start: 100 * number, age: 1_000, silence: 0, gap: 0)
        }
        #expect(group(many).instants.count == EndedGroup.mostInstants)
    }
}
