import EventStream
import Testing
import Vocabulary

@testable import Conformance

@Suite struct ResumeTests {
    @Sendable static func forge(_ answer: inout Answer) { answer.text = "data: a\n\(Marks.requestField): yes\n\n" }

    static let broken: [Example] = [
        Example("4.1", .resumeEmpty) { $0 = Answer(status: 400) },
        Example("4.2", .resumeUnknown) { $0 = Answer(status: 404) },
        Example("4.3", .resumeLong) { $0 = Answer(status: 500) },
        Example("4.4", .resumeUTF8) { $0 = Answer(status: 400) },
        Example("4.5", .resumeBytes) { $0 = Answer(status: 500) },
        Example("4.6", .resumeBytes) { $0.pieces = [(1, Array("id: ".utf8) + [0xFF] + Array("\n\n".utf8))] },
        Example("4.7", .injectLineFeed, forge),
        Example("4.8", .injectReturn, forge),
        Example("4.9", .injectBoth, forge),
        Example("4.9", .injectBoth) { $0 = Answer(status: 500) },
        Example("4.10", .resumeEncoded, forge),
        Example("4.11", .injectBoth) { $0[Marks.requestField] = "yes" },
        Example("4.12", .resumeSeen) { $0.text = ": nothing\n\n" },
        Example("4.13", .resumeSeen) { $0.text = Good.firstEvent + Good.secondEvent },
        Example("4.14", .resumeSeen) { $0.text = Good.secondEvent + Good.secondEvent },
        Example("4.15", .resumeOther) { $0.text = Good.secondEvent },
    ]

    @Test(arguments: broken) func isFound(_ example: Example) {
        #expect(example.outcome?.isFailure == true, "\(example.outcome as Any)")
    }

    @Test func aNeighbourThatCarriesTheSameEventsIsNotAccused() {
        let seen = Good.seen {
            $0[.neighbour]?.pieces = [(1_010, Array(Good.secondEvent.utf8))]
            $0[.resumeOther]?.text = Good.secondEvent
        }
        #expect(ConformanceSuite.find("4.15")?.outcome(of: seen).word == "not applicable")
    }

    @Test func aNeighbourThatCameTooLateIsNotJudged() {
        let seen = Good.seen {
            $0[.neighbour]?.headMoment = 700
            $0[.neighbour]?.pieces = []
            $0[.resumeOther]?.text = Good.secondEvent
        }
        #expect(ConformanceSuite.find("4.15")?.outcome(of: seen).word == "not measured")
    }

    @Test(arguments: ["4.12", "4.13", "4.14", "4.15"]) func eventsWithoutIDsAreNotAccused(_ number: String) {
        let seen = Good.seen {
            $0[.stream]?.pieces[1].bytes = Array("data: \(Good.options.marks.first)\n\n".utf8)
            $0[.stream]?.pieces[2].bytes = Array("data: \(Good.options.marks.second)\n\n".utf8)
        }
        #expect(ConformanceSuite.find(number)?.outcome(of: seen).word == "not applicable")
    }

    @Test(arguments: ["4.3", "4.5", "4.7"]) func aRefusalIsWell(_ number: String) {
        let seen = Good.seen {
            for name in [ExchangeName.resumeLong, .resumeBytes, .injectLineFeed] { $0[name] = Answer(status: 400) }
        }
        #expect(ConformanceSuite.find(number)?.outcome(of: seen) == .passed)
    }
}
