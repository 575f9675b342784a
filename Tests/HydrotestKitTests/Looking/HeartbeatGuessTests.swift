import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct HeartbeatGuessTests {
    private static func sight(comments: [Double] = [], events: [String: [Double]] = [:]) -> EndpointSight {
        var sight = EndpointSight()
        for time in comments { sight.noteComment(at: Nanoseconds(seconds: time)) }
        for (name, times) in events {
            for time in times { sight.note(event: name, bytes: 10, at: Nanoseconds(seconds: time)) }
        }
        return sight
    }

    @Test(
        arguments: [
            ([1, 2.001, 2.999], [:], .comment, 1_000),
            // The first is a greeting.
            ([0.001, 0.498, 1.002, 1.5], [:], .comment, 500),
            ([14.9, 30], [:], .comment, 15_000),
            ([], ["ping": [2, 4, 6], "news": [1, 2, 3]], .event("ping"), 2_000),
            ([0.01], ["Heartbeat": [5, 10]], .event("Heartbeat"), 5_000),
        ] as [([Double], [String: [Double]], HeartbeatOptions.Match, UInt64)]
    )
    func whatComesAtRegularIntervalsIsFound(
        comments: [Double],
        events: [String: [Double]],
        match: HeartbeatOptions.Match,
        milliseconds: UInt64
    ) throws {
        let guess = try #require(HeartbeatGuess(Self.sight(comments: comments, events: events)))
        #expect(guess.match == match)
        #expect(guess.period == milliseconds * .perMillisecond)
    }

    @Test(
        arguments: [
            ([], [:]), ([1], [:]), ([0.01, 0.02, 3], [:]), ([1, 2, 9], [:]), ([], ["news": [1, 2, 3, 4]]),
            ([], ["ping": [1, 1.000_01, 1.000_02]]),
        ] as [([Double], [String: [Double]])]
    )
    func whatDoesNotIsNoHeartbeat(comments: [Double], events: [String: [Double]]) {
        #expect(HeartbeatGuess(Self.sight(comments: comments, events: events)) == nil)
    }

    @Test(arguments: [(1_003_000_000, 1_000_000_000), (14_960_000_000, 15_000_000_000), (99, 99), (105, 110), (0, 0)])
    func aPeriodHasTwoDigits(duration: Nanoseconds, rounded: Nanoseconds) {
        #expect(HeartbeatGuess.rounded(duration) == rounded)
    }

    @Test func whatIsKeptIsBounded() {
        var sight = EndpointSight()
        for index in 0..<2 * EndpointSight.moments {
            sight.note(event: "e\(index % 300)", bytes: index, at: Nanoseconds(index))
            sight.noteComment(at: Nanoseconds(index))
        }
        #expect(sight.eventCount <= EndpointSight.moments)
        #expect(sight.events.count == EndpointSight.names)
        #expect(sight.comments.count == EndpointSight.moments)
    }
}
