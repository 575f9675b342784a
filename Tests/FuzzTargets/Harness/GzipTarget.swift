import EventStream

/// Compressed bodies: cut anywhere they unpack to the same, and what we pack comes out again.
enum GzipTarget {
    private static let ratio = 100
    nonisolated(unsafe) private static let scratch = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 4_096,
        alignment: 16
    )

    private struct Outcome: Equatable {
        var count = 0
        var hash: UInt64 = 0
        var error: InflateError?
    }

    static func run(_ bytes: UnsafeRawBufferPointer) {
        for format in [CompressionFormat.gzip, .deflate] {
            let (whole, cut) = (unpack(bytes, format, isCut: false), unpack(bytes, format, isCut: true))
            // Where a limit ends it, how much came out before depends on the cuts.
            precondition(whole == cut || whole.error == .ratioLimit || cut.error == .ratioLimit)
        }
        let packed = GzipEncoder.compress(Array(bytes), level: 1)
        let again = packed.withUnsafeBytes { unpack($0, .gzip, isCut: true) }
        precondition(again.error == nil && again.count == bytes.count, "what was packed does not come out again")
    }

    private static func unpack(_ bytes: UnsafeRawBufferPointer, _ format: CompressionFormat, isCut: Bool) -> Outcome {
        var inflater = Inflater(format, ratio: ratio)
        defer { inflater.release() }
        var outcome = Outcome()
        var pieces = Pieces(bytes)
        var isFirst = true
        while var input = isCut ? pieces.next() : isFirst ? bytes : nil {
            isFirst = false
            do throws(InflateError) {
                while let slice = try inflater.next(&input, scratch: scratch) {
                    outcome.count += slice.count
                    for byte in slice { outcome.hash = (outcome.hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
                }
            } catch {
                outcome.error = error
                break
            }
        }
        if outcome.error != nil { (outcome.count, outcome.hash) = (0, 0) }
        return outcome
    }
}
