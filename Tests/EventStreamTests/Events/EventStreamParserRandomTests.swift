import EventStream
import ParserReadings
import Testing
import Vocabulary

@Suite struct EventStreamParserRandomTests {
    private static let fragments = [
        "data", "event", "id", "retry", ":", " ", "\n", "\r", "\r\n", "\n\n", "data: x\n", "id: 1\n", "\u{FEFF}", "\0",
        "12", "é", ": beat\n", "event: tick\n",
    ].map { Array($0.utf8) }

    @Test func everyCutOfRandomStreamsGivesTheSameTokens() {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<3000 {
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 1...24, using: &generator) {
                input += Self.fragments.randomElement(using: &generator) ?? []
            }
            let limit = Int.random(in: 4...64, using: &generator)
            let whole = EventStreamReading.tokens([input], limit: limit)
            let cuts = [Pieces.single(input), Pieces.random(input, using: &generator)]
            for pieces in cuts {
                #expect(EventStreamReading.tokens(pieces, limit: limit) == whole, "input \(input), limit \(limit)")
            }
        }
    }

    @Test func randomBytesAreReadAlikeHoweverCut() {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...200, using: &generator)
            let input = generator.bytes(count, from: Array(0...255))
            let whole = EventStreamReading.tokens([input], limit: 64)
            #expect(EventStreamReading.tokens(Pieces.random(input, using: &generator), limit: 64) == whole)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [0x0D, 0x0A] as [UInt8])
    func nothingButLineEndsIsReadInLinearTime(_ end: UInt8) {
        // Quadratic work on an input of this size would not end within a test run.
        let input = [UInt8](repeating: end, count: 4 << 20)
        #expect(EventStreamReading.tokens([input]).isEmpty)
    }
}
