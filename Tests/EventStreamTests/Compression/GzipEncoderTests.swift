import EventStream
import ParserReadings
import Testing
import Vocabulary

@Suite struct GzipEncoderTests {
    @Test(arguments: [0, 1, 9]) func compressesWhole(level: Int) {
        var generator = SplitMix64(seed: 6)
        let bytes = generator.bytes(100_000, from: Array(0...255))
        let packed = GzipEncoder.compress(bytes, level: level)
        #expect(Array(packed.prefix(3)) == [0x1F, 0x8B, 8])
        #expect(InflateReading([packed], .gzip, scratch: 4096) == InflateReading(whole: bytes))
    }

    @Test func sameBytesGiveTheSameOutput() {
        #expect(GzipEncoder.compress(InflaterTests.text) == GzipEncoder.compress(InflaterTests.text))
        #expect(GzipEncoder.compress(InflaterTests.text).count < InflaterTests.text.count / 4)
    }

    @Test func streamsWithoutFlushing() {
        var encoder = GzipEncoder(level: 9)
        defer { encoder.release() }
        var output: [UInt8] = []
        for byte in InflaterTests.text { encoder.append([byte], flush: .none, to: &output) }
        encoder.append([], flush: .finish, to: &output)
        #expect(InflateReading([output], .gzip, scratch: 4096) == InflateReading(whole: InflaterTests.text))
    }
}
