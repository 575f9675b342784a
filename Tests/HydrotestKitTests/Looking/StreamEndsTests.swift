import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct StreamEndsTests {
    private static func ends(
        _ figures: [(age: Double, silence: Double, outlived: Double)],
        error: String? = nil,
        survived: Double? = nil
    ) -> StreamEnds {
        var ends = StreamEnds()
        ends.all = figures.map { age, silence, outlived in
            StreamEnd(
                age: Nanoseconds(seconds: age),
                silence: Nanoseconds(seconds: silence),
                outlived: Nanoseconds(seconds: outlived),
                error: error
            )
        }
        ends.survived = survived.map { Nanoseconds(seconds: $0) }
        return ends
    }

    @Test func oneEndIsNoAge() {
        let ends = Self.ends([(2, 2, 0)])
        #expect(ends.commonAge == nil)
        #expect(ends.inactivity == nil)
        #expect(ends.facts == ["the server ended the stream after 2.00 s, in good order"])
    }

    @Test func streamsThatBeatAndEndAtOneAgeAreNotSilent() {
        let ends = Self.ends([(2, 0.4, 0.4), (2.1, 0.1, 0.4)])
        #expect(ends.commonAge == Nanoseconds(seconds: 2.1))
        #expect(ends.inactivity == nil)
        #expect(ends.disproveInactivity)
        #expect(ends.facts == ["the server ended 2 of 2 streams at one age, 2.00 s to 2.10 s, in good order"])
    }

    @Test func oneSilenceAtDifferentAgesIsATimeout() {
        let ends = Self.ends([(2, 2, 0), (2.5, 2.01, 0.5), (3, 2.02, 0.5)])
        #expect(ends.commonAge == nil)
        #expect(ends.inactivity == Nanoseconds(seconds: 2.01))
        #expect(!ends.wereSilent)
    }

    @Test func ofQuietStreamsAgeAndSilenceAreOne() {
        let ends = Self.ends([(2, 2, 0), (2, 1.99, 0.01)])
        #expect(ends.inactivity == 2 * .perSecond)
        #expect(ends.wereSilent && !ends.disproveInactivity)
        #expect(ends.facts.last?.contains("its age may be the reason as well") == true)
    }

    /// A silence that was outlived before, that is short, or at whose end the stream broke, is no timeout of the server's.
    @Test(
        arguments: [
            ([(4, 1, 2), (4, 1, 2)], nil), ([(2, 0.4, 0), (2, 0.4, 0)], nil), ([(2, 2, 0), (2, 2, 0)], "ECONNRESET"),
            ([(2, 2, 0), (3, 3, 0)], nil),
        ] as [([(Double, Double, Double)], String?)]
    )
    func otherSilencesAreNone(figures: [(Double, Double, Double)], error: String?) {
        #expect(Self.ends(figures.map { (age: $0.0, silence: $0.1, outlived: $0.2) }, error: error).inactivity == nil)
    }

    @Test func aStreamThatOutlivesTheOthersDisprovesTheirAge() {
        #expect(Self.ends([(2, 0, 0), (2, 0, 0)], survived: 4).commonAge == nil)
        #expect(Self.ends([(2, 0, 0), (2, 0, 0)], survived: 2.1).commonAge == 2 * .perSecond)
        let facts = Self.ends([(2, 0, 0)], survived: 4).facts
        #expect(facts.last == "another stream was still open after 4.00 s")
    }

    @Test func whatBrokeIsNamed() {
        var ends = Self.ends([(1, 0, 0), (3, 0, 0)])
        ends.all[1].error = "TRUNCATED_BODY"
        ends.problem = "HTTP_429"
        #expect(
            ends.facts == [
                "the server ended 2 of 2 streams after 1.00 s to 3.00 s, 1 not in good order: TRUNCATED_BODY",
                "another stream could not be opened: HTTP_429",
            ]
        )
    }
}
