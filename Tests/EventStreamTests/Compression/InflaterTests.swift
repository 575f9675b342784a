import EventStream
import ParserReadings
import Testing
import Vocabulary

@Suite struct InflaterTests {
    static let text = Array(String(repeating: "data: {\"n\": 1}\n\nid: 7\n", count: 40).utf8)

    /// A deflate body: raw, or wrapped in a zlib header of two bytes and a checksum (RFC 1950, 2.2).
    static func deflated(_ bytes: [UInt8], header: [UInt8]) -> [UInt8] {
        // A gzip member without its header and trailer is raw deflate.
        let raw = Array(GzipEncoder.compress(bytes).dropFirst(10).dropLast(8))
        guard !header.isEmpty else { return raw }
        var sums: (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            sums.0 = (sums.0 + UInt32(byte)) % 65521
            sums.1 = (sums.1 + sums.0) % 65521
        }
        let checksum = withUnsafeBytes(of: (sums.1 << 16 | sums.0).bigEndian) { Array($0) }
        return header + raw + checksum
    }

    static let wrapped: [UInt8] = [0x78, 0xDA]

    @Test(arguments: [1, 7, 4096]) func gzipAtEverySplit(scratch: Int) {
        for pieces in Pieces.all(GzipEncoder.compress(Self.text)) {
            #expect(InflateReading(pieces, .gzip, scratch: scratch) == InflateReading(whole: Self.text))
        }
    }

    @Test(arguments: [wrapped, [0x18, 0x19], []]) func deflateAtEverySplit(header: [UInt8]) {
        for pieces in Pieces.all(Self.deflated(Self.text, header: header)) {
            #expect(InflateReading(pieces, .deflate, scratch: 64) == InflateReading(whole: Self.text))
        }
    }

    @Test(arguments: [wrapped, []]) func shortDeflateBodies(header: [UInt8]) {
        for body in [[], [0x61], Array("ab".utf8)] as [[UInt8]] {
            for pieces in Pieces.all(Self.deflated(body, header: header)) {
                #expect(InflateReading(pieces, .deflate, scratch: 1) == InflateReading(whole: body))
            }
        }
    }

    @Test func severalGzipMembers() {
        let input = GzipEncoder.compress(Self.text) + GzipEncoder.compress([]) + GzipEncoder.compress([0x61])
        for pieces in Pieces.all(input) {
            #expect(InflateReading(pieces, .gzip, scratch: 512) == InflateReading(whole: Self.text + [0x61]))
        }
    }

    @Test func flushedBytesComeOutAtOnce() {
        var encoder = GzipEncoder()
        var inflater = Inflater(.gzip, ratio: 200)
        defer {
            encoder.release()
            inflater.release()
        }
        for index in 0..<20 {
            let event = Array("data: \(index)\n\n".utf8)
            var wire: [UInt8] = []
            encoder.append(event, flush: .sync, to: &wire)
            #expect(InflateReading.unpack(wire, with: &inflater, scratch: 4096) == .success(event))
        }
        #expect(throws: InflateError.truncated) { try inflater.finish() }
        var wire: [UInt8] = []
        encoder.append([], flush: .finish, to: &wire)
        #expect(InflateReading.unpack(wire, with: &inflater, scratch: 4096) == .success([]))
        #expect(throws: Never.self) { try inflater.finish() }
    }

    @Test func aSmallScratchHoldsNothingBack() {
        let packed = GzipEncoder.compress(Self.text)
        for count in 0..<packed.count {
            var (small, large) = (Inflater(.gzip, ratio: 200), Inflater(.gzip, ratio: 200))
            defer {
                small.release()
                large.release()
            }
            let piece = Array(packed[..<count])
            let whole = InflateReading.unpack(piece, with: &large, scratch: 4096)
            #expect(InflateReading.unpack(piece, with: &small, scratch: 1) == whole)
        }
    }

    @Test(arguments: [CompressionFormat.gzip, .deflate]) func truncatedInputIsKnownAtTheEnd(_ format: CompressionFormat)
    {
        let input = format == .gzip ? GzipEncoder.compress(Self.text) : Self.deflated(Self.text, header: Self.wrapped)
        for count in 1..<input.count {
            #expect(InflateReading([Array(input[..<count])], format, scratch: 4096).error == .truncated)
        }
        #expect(InflateReading([], format, scratch: 4096) == InflateReading(whole: []))
    }

    @Test func badData() {
        let zlib = Self.deflated(Self.text, header: Self.wrapped)
        var wrongSum = GzipEncoder.compress(Self.text)
        wrongSum[wrongSum.count - 5] ^= 1
        let cases: [([UInt8], CompressionFormat, InflateError)] = [
            (Array("data: a\n\n".utf8), .gzip, .badGzip),
            (zlib, .gzip, .badGzip),
            (wrongSum, .gzip, .badGzip),
            (GzipEncoder.compress(Self.text) + Array("rubbish".utf8), .gzip, .badGzip),
            ([0xFF, 0xFF, 0xFF], .deflate, .badDeflate),
            (zlib + [0], .deflate, .badDeflate),
            // A preset dictionary is asked for.
            ([0x78, 0xBB, 0, 0, 0, 1, 0, 0], .deflate, .badDeflate),
        ]
        for (input, format, error) in cases {
            #expect(InflateReading([input], format, scratch: 64).error == error)
            #expect(InflateReading(Pieces.single(input), format, scratch: 64).error == error)
        }
    }

    @Test func whatCameBeforeAnErrorIsHandedOutHoweverCut() {
        let corrupt = Self.deflated(Self.text, header: Self.wrapped).dropLast() + [0xFF]
        for pieces in Pieces.all(Array(corrupt)) {
            for scratch in [61, 4096] {
                let reading = InflateReading(pieces, .deflate, scratch: scratch)
                #expect(reading.body == Self.text)
                #expect(reading.error == .badDeflate)
            }
        }
    }

    @Test func theRatioIsLimited() {
        let bomb = GzipEncoder.compress([UInt8](repeating: 0, count: 8 << 20))
        let reading = InflateReading([bomb], .gzip, scratch: 65536, ratio: 200)
        #expect(reading.error == .ratioLimit)
        #expect(reading.body.count <= (1 << 20) + 200 * bomb.count)
        #expect(reading.body.count > 1 << 20)
        #expect(InflateReading([bomb], .gzip, scratch: 65536, ratio: 2000).error == nil)
    }

    @Test func randomBytesAreReadAlikeHoweverCut() {
        var generator = SplitMix64(seed: 5)
        for round in 0..<2000 {
            var input = GzipEncoder.compress(Array(Self.text.prefix(100)))
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<input.count, using: &generator)
                input[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let format = round % 2 == 0 ? CompressionFormat.gzip : .deflate
            let bytes = format == .gzip ? input : Array(input.dropFirst(10))
            let whole = InflateReading([bytes], format, scratch: 33)
            #expect(InflateReading(Pieces.random(bytes, using: &generator), format, scratch: 33).error == whole.error)
        }
    }

    @Test func stateIsSmall() {
        #expect(MemoryLayout<Inflater>.stride <= 40)
    }
}
