import Testing
import Vocabulary

@testable import Load

/// The rule, with moments in ms: a client registered at 100, whose stream ended at 1,000, and that was back at 2,000.
@Suite struct ResumeRuleTests {
    private let rule = ResumeRule(delivery: DeliveryRule(grace: 100 * .perMillisecond))
    private let resumption = ResumeRule.Resumption(
        since: 100 * .perMillisecond,
        lastRegistered: 100 * .perMillisecond,
        lastEnd: 1_000 * .perMillisecond,
        lastSequence: 5,
        opened: 2_000 * .perMillisecond
    )

    /// A message by when it was sent, accepted, and first given out.
    private func message(_ sent: UInt64, accepted: UInt64?, first: UInt64? = nil) -> Message {
        Message(
            scheduled: sent * .perMillisecond,
            sent: sent * .perMillisecond,
            accepted: accepted.map { $0 * .perMillisecond },
            earliest: first.map { $0 * .perMillisecond },
            first: first.map { $0 * .perMillisecond }
        )
    }

    @Test func whatIsOutWhileTheClientIsAwayIsMissed() {
        #expect(rule.isMissed(message(1_500, accepted: 1_502), 6, in: resumption))
        #expect(rule.isMissed(message(1_500, accepted: 1_502, first: 1_501), 6, in: resumption))
    }

    /// Under way as the stream ended: nobody's loss on that stream, and so to be sent again.
    @Test func whatWasUnderWayAtTheClosureIsMissed() {
        #expect(rule.isMissed(message(980, accepted: 981), 6, in: resumption))
    }

    @Test func whatTheOpenStreamLostIsNotMissedWhileAway() {
        #expect(!rule.isMissed(message(500, accepted: 501), 6, in: resumption))
    }

    @Test func whatCameBeforeTheClientIsNone() {
        #expect(!rule.isMissed(message(50, accepted: 51), 6, in: resumption))
    }

    @Test func whatTheServerDidNotTakeIsNone() {
        #expect(!rule.isMissed(message(1_500, accepted: nil), 6, in: resumption))
    }

    @Test func whatIsOutAfterTheHeadIsLive() {
        #expect(!rule.isMissed(message(1_990, accepted: 2_001, first: 2_003), 6, in: resumption))
        #expect(!rule.isMissed(message(2_500, accepted: 2_501), 6, in: resumption))
    }

    /// The server goes on after the last event that the client names.
    @Test func whatLiesBeforeTheLastMessageIsNone() {
        #expect(!rule.isMissed(message(1_500, accepted: 1_502), 5, in: resumption))
    }

    @Test func aStreamThatEndsSoonDecidesNothing() {
        #expect(!rule.isDecided(resumption, until: 2_100 * .perMillisecond))
        #expect(rule.isDecided(resumption, until: 2_101 * .perMillisecond))
        var last = resumption
        last.opened = .max
        #expect(!rule.isDecided(last, until: .max))
    }
}
