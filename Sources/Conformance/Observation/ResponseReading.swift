import EventStream
import Vocabulary

/// What came in an exchange, read as responses.
public struct ResponseReading: Sendable {
    /// The final responses whose heads came, in order.
    public private(set) var responses: [Response] = []
    /// The status codes of interim responses.
    public private(set) var interim: [Int] = []
    /// What is wrong with the first head that cannot be read.
    public private(set) var headError: HTTPHeadError?
    /// Bytes that came after the last response.
    public private(set) var surplus = 0

    private enum Place {
        case head
        case body
        case after
    }

    private var place: Place

    /// Reads what came.
    ///
    /// - Parameters:
    ///   - methods: the methods of the requests; none where what came is no HTTP.
    ///   - isClosed: whether the server closed after it.
    init(methods: [String], bytes: [UInt8], arrivals: [Arrival], isClosed: Bool) {
        place = methods.isEmpty ? .after : .head
        guard !methods.isEmpty else { return }
        var parser = HTTPResponseHeadParser(limitBytes: CheckLimits.headBytes)
        defer { parser.release() }
        var start = 0
        var headStart = 0
        for arrival in arrivals {
            bytes[start..<arrival.end].withUnsafeBytes { piece in
                var input = piece
                while !input.isEmpty {
                    switch place {
                    case .head:
                        let offset = start + piece.count - input.count
                        readHead(&input, &parser, methods, arrival.moment, at: offset, from: &headStart)
                    case .body:
                        responses[responses.count - 1].append(&input, at: arrival.moment)
                        if responses[responses.count - 1].isComplete { goOn(methods) }
                        headStart = start + piece.count - input.count
                    case .after:
                        surplus += input.count
                        input = UnsafeRawBufferPointer(rebasing: input[input.count...])
                    }
                }
            }
            start = arrival.end
        }
        if place == .body { responses[responses.count - 1].finish(isClosed: isClosed) }
        for index in responses.indices { responses[index].readStream() }
    }

    private mutating func readHead(
        _ input: inout UnsafeRawBufferPointer,
        _ parser: inout HTTPResponseHeadParser,
        _ methods: [String],
        _ moment: Nanoseconds,
        at offset: Int,
        from headStart: inout Int
    ) {
        do throws(HTTPHeadError) {
            guard let parsed = try parser.parse(input) else {
                return input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            }
            input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
            let end = offset + parsed.consumed
            defer { headStart = end }
            guard !parsed.head.isInterim else { return interim.append(parsed.head.status) }
            let isToHead = methods[responses.count] == "HEAD"
            responses.append(Response(parsed.head, bytes: end - headStart, moment: moment, isToHead: isToHead))
            place = .body
            if responses[responses.count - 1].isComplete { goOn(methods) }
        } catch {
            headError = error
            place = .after
        }
    }

    /// Goes on behind a complete response.
    private mutating func goOn(_ methods: [String]) {
        place = responses.count < methods.count ? .head : .after
    }
}
