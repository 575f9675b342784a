import EventStream
import ParserReadings

/// The chunked transfer coding.
enum ChunkedTarget {
    static func run(_ bytes: [UInt8], _ pieces: [[UInt8]]) {
        let (whole, cut) = (BodyReading([bytes], BodyDecoder(.chunked)), BodyReading(pieces, BodyDecoder(.chunked)))
        precondition(whole.body == cut.body && whole.error == cut.error, "chunks are read another way in pieces")
        precondition(whole.isComplete == cut.isComplete, "the last chunk is seen only one way")
    }
}
