import RunProfile
import Testing

@Suite struct ProfileMutationTests {
    /// SplitMix64 (Steele, Lea, Flood 2014).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces: [[UInt8]] = [
        "\n", "  ", "\t", ":", "- ", "{", "}", "[", "]", "&a ", "*a ", "<<: *a", "'", "\"", "|\n", ">\n", "#", "? ",
        "!!int ",
        "${", "}", "%", "..", "\u{0}", "\u{FEFF}", "---\n", "...\n", "null", "999999999999999999999", "-1", "1e999",
    ].map { Array($0.utf8) }

    @Test(arguments: 0..<8 as Range<UInt64>) func everyMutantIsReadOrExplained(seed: UInt64) {
        var generator = Generator(state: seed)
        let original = Array(Examples.full.utf8)
        let lines = Examples.full.split(separator: "\n", omittingEmptySubsequences: false).count
        var (read, refused) = (0, 0)
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...2, using: &generator) { mutate(&bytes, using: &generator) }
            do {
                let profile = try Examples.read(String(decoding: bytes, as: UTF8.self), environment: ["TOKEN": "a"])
                read += 1
                #expect(!profile.scenarios.isEmpty)
            } catch {
                refused += 1
                #expect(!error.errors.isEmpty)
                for case .file(_, let line, let column) in error.errors.map(\.location) {
                    #expect(line >= 1 && line <= lines + 16 && column >= 1)
                }
            }
        }
        // Both sides of the reader were driven, or the mutations are worth nothing.
        #expect(read > 20 && refused > 100)
    }

    private func mutate(_ bytes: inout [UInt8], using generator: inout Generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: position)
        case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: position)
        default:
            let end = min(bytes.count, position + Int.random(in: 1...40, using: &generator))
            bytes.insert(contentsOf: bytes[position..<end], at: Int.random(in: 0..<bytes.count, using: &generator))
        }
    }
}
