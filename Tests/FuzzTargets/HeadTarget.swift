import HTTP
import ParserReadings

/// HTTP heads.
enum HeadTarget {
    static func runResponse(_ bytes: [UInt8], _ pieces: [[UInt8]]) {
        let whole = ResponseReading([bytes])
        precondition(whole == ResponseReading(pieces), "a response head is read another way in pieces")
        guard let head = whole.head else { return }
        _ = try? head.bodyFraming()
        _ = (head.keepAlive, head.contentType, head.contentCodings)
    }

    static func runRequest(_ bytes: [UInt8], _ pieces: [[UInt8]]) {
        let whole = RequestReading([bytes])
        precondition(whole == RequestReading(pieces), "a request head is read another way in pieces")
        guard let head = whole.head else { return }
        _ = try? head.bodyFraming()
        _ = (head.path, head.queryItems)
    }
}
