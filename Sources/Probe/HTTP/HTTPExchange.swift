import EventStream
import Transport
import Vocabulary

/// One request and its answer on a connection that stands.
struct HTTPExchange {
    private static let bufferSize = 16 << 10

    /// The request, head and body.
    let bytes: [UInt8]
    /// Whether the answer has no body because only its head was asked for.
    let isHead: Bool
    /// When the answer must be complete, in ns of the monotonic clock.
    let deadline: Nanoseconds

    /// Sends the request and reads the answer.
    ///
    /// - Parameter watch: called with the connection's ports before the request's last byte is sent.
    func run(
        on connection: HTTPConnection,
        watch: ((_ local: UInt16, _ remote: UInt16) -> Void)? = nil
    ) throws(HTTPClientError) -> HTTPAnswer {
        connection.mayBeKept = false
        if let watch {
            try connection.send(Array(bytes.dropLast()), by: deadline)
            connection.tell(watch)
            try connection.send(Array(bytes.suffix(1)), by: deadline)
        } else {
            try connection.send(bytes, by: deadline)
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 1)
        defer { buffer.deallocate() }
        var rest = UnsafeRawBufferPointer(rebasing: buffer[..<0])
        let head = try readHead(on: connection, buffer, &rest)
        let framing: BodyFraming
        do {
            framing = try head.bodyFraming(toHead: isHead)
        } catch {
            throw HTTPClientError(error)
        }
        guard framing == .none || head.contentCodings.allSatisfy({ $0 == .identity }) else { throw .contentCoding }
        let body = try readBody(framing, on: connection, buffer, &rest)
        // Bytes after the answer belong to nothing that was asked.
        connection.mayBeKept = head.keepAlive && framing != .untilClose && rest.isEmpty
        return HTTPAnswer(head: head, body: body)
    }

    private func readHead(
        on connection: HTTPConnection,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> HTTPResponseHead {
        var parser = HTTPResponseHeadParser(limitBytes: HTTPClient.headLimit)
        defer { parser.release() }
        var interimResponses = 0
        while true {
            while let head = try Self.nextHead(&parser, &rest) {
                guard head.isInterim else { return head }
                interimResponses += 1
                guard interimResponses <= HTTPClient.interimResponseLimit else { throw .interimResponseLimit }
            }
            guard let count = try connection.receive(into: buffer, by: deadline) else { throw .closedBeforeResponse }
            rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        }
    }

    private func readBody(
        _ framing: BodyFraming,
        on connection: HTTPConnection,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> [UInt8] {
        if case .length(let length) = framing, length > UInt64(HTTPClient.bodyLimit) { throw .bodyLimit }
        var decoder = BodyDecoder(framing)
        var body: [UInt8] = []
        while true {
            while let slice = try Self.nextSlice(&decoder, &rest) {
                guard slice.count <= HTTPClient.bodyLimit - body.count else { throw .bodyLimit }
                body.append(contentsOf: slice)
            }
            if decoder.isComplete { return body }
            guard let count = try connection.receive(into: buffer, by: deadline) else {
                do {
                    try decoder.finish()
                } catch {
                    throw HTTPClientError(error)
                }
                return body
            }
            rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        }
    }

    private static func nextHead(
        _ parser: inout HTTPResponseHeadParser,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> HTTPResponseHead? {
        do {
            guard let parsed = try parser.parse(rest) else { return nil }
            rest = UnsafeRawBufferPointer(rebasing: rest[parsed.consumed...])
            return parsed.head
        } catch {
            throw HTTPClientError(error)
        }
    }

    private static func nextSlice(
        _ decoder: inout BodyDecoder,
        _ rest: inout UnsafeRawBufferPointer
    ) throws(HTTPClientError) -> UnsafeRawBufferPointer? {
        do {
            return try decoder.next(&rest)
        } catch {
            throw HTTPClientError(error)
        }
    }
}
