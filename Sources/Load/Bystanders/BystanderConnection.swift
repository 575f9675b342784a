import EventStream
import Transport
import Vocabulary

/// One request of a bystander, on a connection of its own.
final class BystanderConnection {
    /// What the connection waits for.
    enum Phase: Comparable {
        case connecting
        case handshaking
        case sending
        case awaitingHead
        case readingBody
    }

    /// Which bystander's request it is.
    let bystander: Int
    /// When it was to be sent, in ns of the monotonic clock.
    let scheduled: Nanoseconds
    let stream: ByteStream
    var phase = Phase.connecting
    /// The rest of the request.
    var output: ArraySlice<UInt8>
    var head: HTTPResponseHeadParser
    var body = BodyDecoder.none
    var bodyBytes = 0
    /// The status of the answer, once it is there.
    var status = 0

    init(_ stream: ByteStream, of bystander: Int, scheduled: Nanoseconds, request: [UInt8]) {
        self.stream = stream
        self.bystander = bystander
        self.scheduled = scheduled
        output = request[...]
        head = HTTPResponseHeadParser(limitBytes: BystanderThread.headBytes)
    }

    func close() {
        head.release()
        stream.close()
    }
}
