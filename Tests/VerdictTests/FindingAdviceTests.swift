import Foundation
import Testing
import Vocabulary

@testable import Verdict

@Suite struct FindingAdviceTests {
    @Test(arguments: FindingKind.allCases)
    func everyKindIsExplained(kind: FindingKind) {
        for text in [kind.advice.matters, kind.advice.look] {
            #expect(text.count > 10 && text.count <= 400, "\(kind.id)")
            #expect(text.hasSuffix(".") || text.hasSuffix("?") || text.hasSuffix("`."), "\(kind.id)")
            #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(kind.id)")
        }
    }

    @Test func noTwoKindsSayTheSame() {
        #expect(Set(FindingKind.allCases.map(\.advice.matters)).count == FindingKind.allCases.count)
    }

    @Test func noTwoKindsHaveOneID() {
        #expect(Set(FindingKind.allCases.map(\.id)).count == FindingKind.allCases.count)
        #expect(FindingKind.allCases.allSatisfy { FindingKind.byID[$0.id] == $0 })
    }

    @Test func everyKindThatIsDeclaredIsListed() throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("Sources/Verdict")
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        var declared: [String] = []
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            declared += text.matches(of: #/static let \w+ = FindingKind\(\s*"([a-z-]+)"/#).map { String($0.1) }
        }
        #expect(declared.sorted() == FindingKind.allCases.map(\.id).sorted())
    }

    @Test func aKindThatIsNotKnownIsNotExplained() {
        let finding = Finding(id: "of-a-later-version", severity: .info, title: "x", evidence: [])
        #expect(finding.kind == nil)
        #expect(finding.advice(in: Self.leaky) == nil)
    }

    @Test func aLeakIsExplainedByItsStageMannerAndClass() throws {
        let finding = Finding(.leak, .failure, "clients: it leaks", evidence: [], gauge: "state.clients")
        let advice = try #require(finding.advice(in: Self.leaky))
        #expect(advice.matters == LeakAdvice.matters(.permanent))
        #expect(advice.look.contains("headers-received (rst)"))
        #expect(advice.look.contains("before the client is in the map?"))
        #expect(advice.look.hasSuffix("so the close itself must."))
    }

    @Test func aLeakInSeveralMannersIsNamedByNone() throws {
        let other = Made.leak("clients", .headersReceived, .fin, .permanent, leaked: 3)
        let finding = Finding(.leak, .failure, "clients: it leaks", evidence: [], gauge: "state.clients")
        let advice = try #require(finding.advice(in: AdviceContext(leaks: Self.leaky.leaks + [other])))
        #expect(advice.look.hasPrefix("Clients that leave at headers-received, after"))
    }

    @Test func anotherGaugeIsExplainedByItsOwnLeak() throws {
        let finding = Finding(.leak, .failure, "timers: it leaks", evidence: [], gauge: "state.timers")
        let advice = try #require(finding.advice(in: Self.leaky))
        #expect(advice.matters == LeakAdvice.matters(.bounded))
        #expect(advice.look.hasPrefix("It was traced to no stage."))
    }

    @Test func aLeakThatNoReportTellsIsExplainedAsAny() throws {
        let finding = Finding(.leak, .failure, "maps: it leaks", evidence: [], gauge: "state.maps")
        #expect(finding.advice(in: Self.leaky) == FindingKind.leak.advice)
    }

    @Test func aRaceIsExplainedByItsStageAndManner() throws {
        let finding = Finding(.raceWindow, .failure, "clients: they leak", evidence: [])
        let context = AdviceContext(leaks: [], raceStage: .requestSent, raceManner: .rst)
        let general = FindingKind.raceWindow.advice
        let advice = try #require(finding.advice(in: context))
        #expect(advice.matters == general.matters)
        #expect(advice.look == LeakAdvice.place(.requestSent, .rst) + " " + general.look)
        #expect(finding.advice(in: AdviceContext(leaks: [])) == general)
    }

    private static let leaky = AdviceContext(leaks: [
        Made.leak("clients", .headersReceived, .rst, .permanent, leaked: 171),
        Made.leak("subscriptions", .headersReceived, .rst, .untilBroadcast, leaked: 171),
        Made.leak("timers", nil, nil, .bounded, leaked: 64),
    ])
}
