import EventStream
import ParserReadings

/// Compressed bodies.
enum GzipTarget {
    static func run(_ bytes: [UInt8], _ pieces: [[UInt8]]) {
        for format in [CompressionFormat.gzip, .deflate] {
            let whole = InflateReading([bytes], format, scratch: 4_096, ratio: 50)
            let cut = InflateReading(pieces, format, scratch: 61, ratio: 50)
            // A body that goes past its ratio has been read up to another place.
            guard whole.error != .ratioLimit, cut.error != .ratioLimit else { continue }
            precondition(whole == cut, "a compressed body is read another way in pieces")
        }
    }
}
