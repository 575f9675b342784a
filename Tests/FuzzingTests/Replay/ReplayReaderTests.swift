import Testing
import Vocabulary

@testable import Fuzzing

@Suite struct ReplayReaderTests {
    @Test(
        arguments: [
            (["hydrotest case 2"], 1, "first line"),
            (["hydrotest case 1"], 1, "no step"),
            (["hydrotest case 1", "# only this", ""], 3, "no step"),
            (["hydrotest case 1", "a: droop rst"], 2, "did you mean \"drop\"?"),
            (["hydrotest case 1", "", "a: drop hard"], 3, "one of fin, rst"),
            (["hydrotest case 1", "a: drop"], 2, "takes 1 words"),
            (["hydrotest case 1", "a:"], 2, "no step"),
            (["hydrotest case 1", "a: send GET"], 2, "quotation marks"),
            (["hydrotest case 1", "a: send \"GET"], 2, "not closed"),
            (["hydrotest case 1", "a: send \"\\q\""], 2, "an escape is none"),
            (["hydrotest case 1", "a: send \"\\x+1\""], 2, "an escape is none"),
            (["hydrotest case 1", "a: send \"x\" pieces=0"], 2, "pieces is a whole number"),
            (["hydrotest case 1", "a: send \"x\" times=2"], 2, "send has no \"times=\""),
            (["hydrotest case 1", "a: pause 1h"], 2, "no time up to"),
            (["hydrotest case 1", "a: open resume=later"], 2, "resume is"),
            (["hydrotest case 1", "a: publish"], 2, "takes 1 or 2 words"),
            (["hydrotest case 1", "kind: odd"], 2, "kind is"),
            (["hydrotest case 1", "order: odd"], 2, "order is"),
            (["hydrotest case 1", "copies: 0"], 2, "whole number from 1"),
            (["hydrotest case 1", "finding: leak"], 2, "no finding"),
            (["hydrotest case 1", "finding: nonsense"], 2, "no finding"),
            (["hydrotest case 1", "ab: stall"], 2, "no heading"),
            (["hydrotest case 1", "stall"], 2, "no colon"),
        ] as [([String], Int, String)]
    )
    func anErrorNamesItsLine(lines: [String], line: Int, problem: String) throws {
        let error = #expect(throws: ReplayError.self) {
            try ReplayReader.read(lines.joined(separator: "\n"), file: "bad.case")
        }
        #expect(error?.line == line)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
        #expect(error?.description.hasPrefix("bad.case:\(line): ") == true)
    }

    @Test func spacesCommentsAndLineEndsOfOtherSystemsAreAllowed() throws {
        let text = "hydrotest case 1\r\n# why\r\n  a:   open   topics=news  \r\n\r\n\ta: stall\r\n"
        let replay = try ReplayReader.read(text, file: "x.case")
        #expect(replay.test.steps == [Step(0, .open(Opening(topics: ["news"]))), Step(0, .stall)])
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: ReplayError.self) { try ReplayReader.read(file: "/nowhere/x.case") }
        #expect(error?.line == nil)
        #expect(error?.description.hasPrefix("/nowhere/x.case: ") == true)
    }

    @Test func noTextMakesItCrash() throws {
        let generator = try Made.generator(seed: 3)
        for number in 0..<500 as Range<UInt64> {
            var bytes = Array(ReplayText.write(Replay(generator.make(number))).utf8)
            var random = SplitMix64(seeds: 11, number)
            ByteMutator.mutate(&bytes, &random)
            _ = try? ReplayReader.read(String(decoding: bytes, as: UTF8.self), file: "x.case")
        }
    }
}
