import EventStream
import Transport
import Vocabulary

/// One connection of a publisher: it carries one message at a time, and is kept for the next where the server lets it.
final class PublishConnection {
    /// What the connection waits for.
    enum Phase: Comparable {
        case connecting
        case handshaking
        case sending
        case awaitingHead
        case readingBody
        case idle
    }

    let stream: ByteStream
    var phase = Phase.connecting
    /// The message that is under way; 0 for none.
    var sequence: UInt32 = 0
    /// The rest of the request.
    var output: ArraySlice<UInt8> = []
    var head: HTTPResponseHeadParser
    var body = BodyDecoder.none
    var bodyBytes = 0
    /// The status of the answer, once it is there.
    var status = 0
    var mayBeKept = false
    /// When it became idle, in ns of the monotonic clock.
    var idleSince: Nanoseconds = 0

    init(_ stream: ByteStream, sequence: UInt32) {
        self.stream = stream
        self.sequence = sequence
        head = HTTPResponseHeadParser(limitBytes: PublisherThread.headBytes)
    }

    func close() {
        head.release()
        stream.close()
    }
}
