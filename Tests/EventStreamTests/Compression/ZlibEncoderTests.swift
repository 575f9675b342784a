import EventStream
import Testing

@Suite struct ZlibEncoderTests {
    @Test func whatIsPackedIsUnpacked() throws {
        for text in [[], Array("abc".utf8), [UInt8](repeating: 7, count: 100_000)] {
            let packed = ZlibEncoder.compress(text)
            #expect(packed.first == 0x78)
            var inflater = Inflater(.deflate, ratio: 100_000)
            defer { inflater.release() }
            var output: [UInt8] = []
            var scratch = [UInt8](repeating: 0, count: 4_096)
            try packed.withUnsafeBytes { raw in
                var input = raw
                try scratch.withUnsafeMutableBytes { room in
                    while let part = try inflater.next(&input, scratch: room) { output += part }
                }
            }
            try inflater.finish()
            #expect(output == text)
        }
    }
}
