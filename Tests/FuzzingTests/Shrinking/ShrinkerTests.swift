import Testing
import Vocabulary

@testable import Fuzzing

@Suite struct ShrinkerTests {
    /// Shrinks by an oracle of its own.
    private func shrink(_ test: FuzzCase, trials: Int = 2_000, fails: @escaping (FuzzCase) -> Bool) throws -> FuzzCase {
        try Shrinker(trials: trials) { test throws(FuzzError) in fails(test) }.shrink(test)
    }

    @Test func stepsThatDoNotMatterGo() throws {
        let open = Step(0, .open(Opening(topics: ["@MARK@-0", "@MARK@-1"], resumption: .canary, until: .head)))
        let steps = [
            Step(1, .pause(5_000_000)), open, Step(0, .stall), Step(1, .pause(9)), Step(0, .drop(.rst)),
            Step(1, .stall),
        ]
        let smallest = try shrink(FuzzCase(.state, order: .race, steps: steps)) { test in
            let opened = test.steps.firstIndex { if case .open = $0.action { true } else { false } }
            let dropped = test.steps.firstIndex { $0.action == .drop(.rst) }
            guard let opened, let dropped else { return false }
            return opened < dropped
        }
        #expect(smallest == FuzzCase(.state, steps: [Step(0, .open(Opening())), Step(0, .drop(.rst))]))
    }

    @Test func bytesThatDoNotMatterGo() throws {
        let bytes =
            Array(String(repeating: "GET / HTTP/1.1\r\nX: y\r\n", count: 50).utf8) + [0xFF] + Array("Z\r\n".utf8)
        let test = FuzzCase(.wire, steps: [Step(0, .send(bytes, pieces: 3))])
        let smallest = try shrink(test) { test in
            guard case .send(let bytes, _)? = test.steps.first?.action else { return false }
            return bytes.contains(0xFF)
        }
        #expect(smallest.steps == [Step(0, .send([0xFF]))])
    }

    @Test func publicationsShrinkToWhatMatters() throws {
        let publication = Publication(topic: "@MARK@-0-long", text: "some text é and more", size: 9_000, times: 5)
        let smallest = try shrink(FuzzCase(.state, steps: [Step(0, .publish(publication))])) { test in
            guard case .publish(let publication)? = test.steps.first?.action else { return false }
            return publication.text.contains("é")
        }
        #expect(smallest.steps == [Step(0, .publish(Publication(topic: "@MARK@", text: "é")))])
    }

    @Test func aCaseThatOnlyFailsWholeStaysWhole() throws {
        let test = Made.pauses([1_000, 2_000, 3_000])
        #expect(try shrink(test) { $0 == test } == test)
    }

    @Test func triesAreBounded() throws {
        var tries = 0
        _ = try shrink(Made.pauses((1...200).map { $0 * 1_000 }), trials: 25) { _ in
            tries += 1
            return false
        }
        #expect(tries == 25)
    }

    @Test func simplerActionsComeToAnEnd() throws {
        let generator = try Made.generator(seed: 5)
        for number in 0..<100 as Range<UInt64> {
            // Everything fails: whatever can be made simpler is.
            let smallest = try shrink(generator.make(number), trials: 100_000) { !$0.steps.isEmpty }
            #expect(smallest.steps.count == 1)
        }
    }

    @Test func anErrorOfTheServerEndsIt() {
        #expect(throws: FuzzError.self) {
            try Shrinker { _ throws(FuzzError) in throw FuzzError.unreachable("gone") }.shrink(
                Made.pauses([1_000, 2_000])
            )
        }
    }
}
