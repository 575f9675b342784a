import EventStream
import FoundationEssentials
import Record

/// A histogram in HdrHistogram's V2 encoding, compressed and in base64, as its logs carry it.
///
/// Big-endian: the cookie 0x1C849314, the length of the zlib data (RFC 1950), and in it the cookie 0x1C849313, the
/// length of the counts, an offset of 0, the digits, the lowest and the highest value, a ratio of 1.0; then the counts
/// from the first on, each as ZigZag LEB128, a run of zeros as its negative length.
enum HistogramPayload {
    private static let compressedCookie: UInt32 = 0x1C84_9304 | 0x10
    private static let cookie: UInt32 = 0x1C84_9303 | 0x10

    /// The text of a histogram.
    static func encode(_ histogram: LatencyHistogram) -> String {
        let counts = counts(histogram)
        var plain: [UInt8] = []
        append(cookie, to: &plain)
        append(UInt32(counts.count), to: &plain)
        append(UInt32(0), to: &plain)
        append(HistogramLayout.digits, to: &plain)
        append(HistogramLayout.lowest, to: &plain)
        append(LatencyHistogram.longest, to: &plain)
        append(1.0.bitPattern, to: &plain)
        let packed = ZlibEncoder.compress(plain + counts)
        var bytes: [UInt8] = []
        append(compressedCookie, to: &bytes)
        append(UInt32(packed.count), to: &bytes)
        return Data(bytes + packed).base64EncodedString()
    }

    private static func counts(_ histogram: LatencyHistogram) -> [UInt8] {
        var bytes: [UInt8] = []
        var next = 0
        for bucket in histogram.buckets {
            let index = HistogramLayout.index(of: bucket.value)
            if index > next { appendSigned(-Int64(index - next), to: &bytes) }
            appendSigned(Int64(clamping: bucket.count), to: &bytes)
            next = index + 1
        }
        return bytes
    }

    /// Seven bits a byte from the lowest on; a ninth byte holds the last eight.
    private static func appendSigned(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        for _ in 0..<8 {
            guard rest >= 0x80 else {
                bytes.append(UInt8(rest))
                return
            }
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
