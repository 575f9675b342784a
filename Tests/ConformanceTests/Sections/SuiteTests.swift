import Testing

@testable import Conformance

/// What holds of all cases.
@Suite struct SuiteTests {
    private static let broken =
        ResponseHeadTests.broken + StreamTests.broken + NegotiationTests.broken + ResumeTests.broken
        + LivenessTests.broken + TLSTests.broken + RequestsTests.broken

    @Test func casesAreNumberedWithoutGaps() {
        #expect(ConformanceSuite.sections.map(\.number) == Array(1...ConformanceSuite.sections.count))
        for section in ConformanceSuite.sections {
            #expect(section.cases.map(\.number) == Array(1...section.cases.count))
        }
        #expect(ConformanceSuite.numbers.count >= 100)
    }

    @Test func everyCaseHasAnExampleThatFails() {
        let all = Set(ConformanceSuite.numbers.map(\.description))
        #expect(all.subtracting(Self.broken.map(\.number)) == [])
    }

    @Test func aServerWithoutAFaultFailsNothing() {
        let result = CheckResult(Good.seen(), seconds: 1)
        for one in result.results { #expect(!one.outcome.isFailure, "\(one.number): \(one.outcome)") }
        let unjudged = result.results.filter { $0.outcome != .passed }.map(\.number.description)
        #expect(
            unjudged == [
                "1.12", "1.15", "2.11", "2.12", "2.13", "2.16", "2.19", "3.5", "3.6", "3.17", "3.22", "3.23", "3.26",
            ]
        )
        #expect(result.passed)
    }

    @Test func nothingThatCameIsAFailureOfNobody() {
        // Judging must not trap where every exchange brought nothing.
        let seen = Good.seen { answers in
            for name in answers.keys {
                answers[name]?.raw = []
                answers[name]?.end = .failed("ECONNRESET")
                answers[name]?.tls = nil
            }
        }
        let result = CheckResult(seen, seconds: 1)
        #expect(!result.passed)
        #expect(result.results.allSatisfy { $0.outcome != .passed || $0.number.section > 4 })
    }

    @Test func everyCaseSaysWhatItSendsAndRequires() {
        for section in ConformanceSuite.sections {
            for one in section.cases {
                #expect(!one.exchanges.isEmpty)
                #expect(one.sent.hasSuffix("."))
                #expect(one.requirement.count > 20)
                #expect(one.source.contains(" "))
            }
        }
    }
}
