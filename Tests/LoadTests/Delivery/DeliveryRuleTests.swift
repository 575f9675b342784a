import Testing
import Vocabulary

@testable import Load

@Suite struct DeliveryRuleTests {
    private let rule = DeliveryRule(grace: 100)

    private func message(
        sent: Nanoseconds = 1_000,
        accepted: Nanoseconds? = 1_030,
        earliest: Nanoseconds? = 1_020,
        first: Nanoseconds? = 1_020
    ) -> Message {
        Message(scheduled: 990, sent: sent, accepted: accepted, earliest: earliest, first: first)
    }

    @Test func aStreamThatWasThereAllTheTimeHadToGetIt() {
        #expect(rule.isOwed(message(), since: 500, until: 5_000))
    }

    @Test func whatWasNeverAcceptedIsNobodysLoss() {
        #expect(!rule.isOwed(message(accepted: nil), since: 500, until: 5_000))
        #expect(!rule.isOwed(message(accepted: nil, earliest: nil, first: nil), since: 500, until: 5_000))
    }

    @Test func aStreamThatCameDuringABroadcastsPauseHadToGetIt() {
        #expect(rule.isOwed(message(), since: 1_010, until: 5_000))
        #expect(!rule.isOwed(message(), since: 1_020, until: 5_000), "it came with the first delivery")
        #expect(!rule.isOwed(message(), since: 1_025, until: 5_000), "it came after the first delivery")
    }

    @Test func anAnswerBeforeTheFirstDeliveryDecides() {
        let queued = message(accepted: 1_005, earliest: 1_020)
        #expect(rule.isOwed(queued, since: 1_004, until: 5_000))
        #expect(!rule.isOwed(queued, since: 1_010, until: 5_000), "it was taken up before the stream was")
    }

    @Test func aMessageThatNobodyGotIsOwedToThoseThatWereThereAtItsSending() {
        let lost = message(earliest: nil, first: nil)
        #expect(rule.isOwed(lost, since: 999, until: 5_000))
        #expect(!rule.isOwed(lost, since: 1_000, until: 5_000))
    }

    @Test func aMomentThatIsNotExactCountsAsTheSending() {
        let blurred = message(earliest: 1_000, first: 1_028)
        #expect(rule.isOwed(blurred, since: 999, until: 5_000))
        #expect(!rule.isOwed(blurred, since: 1_010, until: 5_000))
    }

    @Test func aStreamThatEndsWithinTheGraceHasLostNothing() {
        #expect(!rule.isOwed(message(), since: 500, until: 1_130))
        #expect(rule.isOwed(message(), since: 500, until: 1_131))
        let late = message(accepted: 1_005, earliest: 1_500, first: 1_500)
        #expect(!rule.isOwed(late, since: 500, until: 1_600), "the first delivery came late")
        #expect(!DeliveryRule(grace: .max).isOwed(message(), since: 500, until: .max))
    }

    @Test func onlyWhatWasSentAfterwardsIsLater() {
        #expect(DeliveryRule.isOutOfOrder(message(), after: message(sent: 1_031)))
        #expect(!DeliveryRule.isOutOfOrder(message(), after: message(sent: 1_030)), "both were under way")
        #expect(!DeliveryRule.isOutOfOrder(message(accepted: nil), after: message(sent: 2_000)))
    }

    @Test func whatWasOutBeforeAStreamIsAReplay() {
        #expect(message().wasOut(before: 1_021))
        #expect(!message().wasOut(before: 1_020))
        #expect(message(accepted: 1_005).wasOut(before: 1_006))
        #expect(!message(accepted: nil, earliest: nil, first: nil).wasOut(before: 5_000))
    }
}
