import Foundation
import Testing
import Vocabulary

@testable import Fuzzing

@Suite struct CorpusTests {
    @Test func whatShowsSomethingNewIsKeptAndReadBack() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("corpus-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var corpus = Corpus(folder: folder)
        #expect(try corpus.load().isEmpty)
        try corpus.note(Made.pauses([1_000]), ["wire status 200"], number: 1, seed: 1)
        try corpus.note(Made.pauses([2_000]), ["wire status 200"], number: 2, seed: 1)
        try corpus.note(Made.pauses([3_000]), ["wire status 200", "wire status 431"], number: 3, seed: 1)
        #expect(corpus.added == 2)
        let cases = try Corpus(folder: folder).load()
        #expect(cases.count == 2)
        #expect(cases.contains(Made.pauses([1_000])))
        #expect(cases.contains(Made.pauses([3_000])))
    }

    @Test func aBrokenCaseIsNamed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("corpus-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "hydrotest case 1\na: dance\n".write(toFile: "\(folder)/bad.case", atomically: true, encoding: .utf8)
        let error = #expect(throws: ReplayError.self) { try Corpus(folder: folder).load() }
        #expect(error?.line == 2)
    }

    @Test func withoutAFolderNothingIsKept() throws {
        var corpus = Corpus(folder: nil)
        try corpus.note(Made.pauses([1_000]), ["x"], number: 1, seed: 1)
        #expect(corpus.added == 0)
    }

    @Test func featuresTellStatusesEndsAndProblemsApart() {
        let test = Made.pauses([1])
        var outcome = CaseOutcome(index: 0)
        outcome.observations = [Observation(statuses: [431], end: "ECONNRESET")]
        outcome.failures = ["EADDRNOTAVAIL"]
        outcome.duration = 2 * .perSecond
        let features = Features.of(outcome, test)
        #expect(
            features == [
                "state status 431", "state end ECONNRESET after 431", "state failure EADDRNOTAVAIL", "state slow 2",
            ]
        )
    }
}
