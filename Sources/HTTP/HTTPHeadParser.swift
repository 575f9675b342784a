import EventStream

/// Reads response heads.
public typealias HTTPResponseHeadParser = HTTPHeadParser<HTTPResponseHead>
/// Reads request heads.
public typealias HTTPRequestHeadParser = HTTPHeadParser<HTTPRequestHead>

/// Reads the head of a message from inputs cut anywhere (RFC 9112, 2.2).
///
/// A head that lies wholly in one input is read in place; otherwise its bytes are kept until it is complete. After a
/// complete head the parser is as new, so that it also reads the head after an interim response. A plain value that
/// owns memory by hand: do not copy it, and call ``release()`` when its connection ends.
public struct HTTPHeadParser<Head: HTTPHead> {
    private enum Place: UInt8 {
        case beforeStart
        case inLine
        case lineStart
        case lineStartCarriageReturn
    }

    private var kept = ByteStash()
    /// The empty lines passed over before the head, in bytes.
    private var skipped: UInt32 = 0
    private let limit: UInt32
    private var place = Place.beforeStart
    /// The interim heads since the last final one.
    private var interimCount: UInt8 = 0
    private var failure: HTTPHeadError?

    /// Interim responses that may come before a final one.
    public static var interimLimit: Int { 16 }

    /// A parser before a head.
    ///
    /// - Parameter limitBytes: the longest head, its final empty line included, in bytes; at least 1.
    public init(limitBytes: Int) {
        precondition(limitBytes > 0, "a limit is at least one byte")
        limit = UInt32(min(limitBytes, ByteStash.largest))
    }

    /// Whether no byte of a head has been read since the last complete one.
    public var isFresh: Bool { place == .beforeStart && kept.count == 0 }

    /// The heap memory held, in bytes.
    public var heldBytes: Int { kept.capacity }

    /// Frees the memory; the parser may not be used afterwards.
    public mutating func release() { kept.release() }

    /// Reads one input.
    ///
    /// - Returns: the head and where it ended; nil where the whole input is consumed and the head goes on.
    /// - Throws: what is wrong with the head; the same again on every later call.
    public mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(HTTPHeadError) -> ParsedHead<Head>? {
        if let failure { throw failure }
        do throws(HTTPHeadError) {
            return try read(bytes)
        } catch {
            failure = error
            kept.release()
            throw error
        }
    }

    /// Which limit a head that is too long goes past, whose bytes are those kept and those of the input.
    private func limitError(_ input: UnsafeRawBufferPointer) -> HTTPHeadError {
        let room = max(0, Int(limit) - Int(skipped) - kept.count)
        let hasFirstLine = kept.view.contains(ASCII.lineFeed) || input.prefix(room).contains(ASCII.lineFeed)
        return hasFirstLine ? .headerLimit : Head.startLimit
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer) throws(HTTPHeadError) -> ParsedHead<Head>? {
        let start = try skipEmptyLines(bytes)
        guard start < bytes.count else { return nil }
        let input = UnsafeRawBufferPointer(rebasing: bytes[start...])
        for (offset, byte) in zip(min(kept.count, 5)..<5, input) {
            guard Head.canBegin(with: byte, at: offset) else { throw Head.malformedStart }
        }
        let end = findEnd(input)
        let count = end ?? input.count
        guard Int(skipped) + kept.count + count <= Int(limit) else { throw limitError(input) }
        let piece = UnsafeRawBufferPointer(rebasing: input[..<count])
        guard end != nil else {
            kept.append(piece, limit: Int(limit))
            return nil
        }
        if kept.count > 0 { kept.append(piece, limit: Int(limit)) }
        let head = try HTTPHeadLines.read(Head.self, from: kept.count > 0 ? kept.view : piece)
        interimCount = head.isInterim ? interimCount + 1 : 0
        guard interimCount <= Self.interimLimit else { throw .interimLimit }
        kept.release()
        place = .beforeStart
        skipped = 0
        return ParsedHead(head: head, consumed: start + count)
    }

    /// A robust server passes over empty lines before a request (RFC 9112, 2.2).
    private mutating func skipEmptyLines(_ bytes: UnsafeRawBufferPointer) throws(HTTPHeadError) -> Int {
        guard place == .beforeStart, Head.skipsEmptyLines else { return 0 }
        let count = bytes.prefix { $0 == ASCII.lineFeed || $0 == ASCII.carriageReturn }.count
        guard Int(skipped) + count <= Int(limit) else { throw .headerLimit }
        skipped += UInt32(count)
        return count
    }

    /// The offset after the empty line that ends the head.
    private mutating func findEnd(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var position = 0
        if place == .beforeStart { place = .inLine }
        while position < bytes.count {
            if place == .inLine {
                guard let end = ByteSearch.first(ASCII.lineFeed, in: bytes, from: position) else { return nil }
                position = end
                place = .lineStart
            } else if bytes[position] == ASCII.lineFeed {
                return position + 1
            } else if place == .lineStart, bytes[position] == ASCII.carriageReturn {
                place = .lineStartCarriageReturn
            } else {
                place = .inLine
                continue
            }
            position += 1
        }
        return nil
    }
}

/// A head that is complete, and where in the input it ended.
public struct ParsedHead<Head: HTTPHead>: Sendable {
    /// The head.
    public let head: Head
    /// The bytes of this input that belong to the head; the body begins after them.
    public let consumed: Int
}

/// Reads the lines of a complete head (RFC 9112, 2.1 and 5).
enum HTTPHeadLines {
    /// Reads a first line and header lines.
    ///
    /// - Parameter bytes: the head up to and with its final empty line.
    static func read<Head: HTTPHead>(
        _: Head.Type,
        from bytes: UnsafeRawBufferPointer
    ) throws(HTTPHeadError) -> Head {
        var rest = bytes
        var bareLineFeeds = 0
        var head = try Head(startLine: takeLine(&rest, &bareLineFeeds))
        while true {
            let line = takeLine(&rest, &bareLineFeeds)
            if line.isEmpty { break }
            head.fields.append(try field(line))
        }
        head.bareLineFeeds = bareLineFeeds
        try head.validate()
        return head
    }

    private static func takeLine(
        _ rest: inout UnsafeRawBufferPointer,
        _ bareLineFeeds: inout Int
    ) -> UnsafeRawBufferPointer {
        guard let end = ByteSearch.first(ASCII.lineFeed, in: rest) else {
            preconditionFailure("a complete head ends in an empty line")
        }
        let line = UnsafeRawBufferPointer(rebasing: rest.takeFirst(end + 1)[..<end])
        guard line.last == ASCII.carriageReturn else {
            bareLineFeeds += 1
            return line
        }
        return UnsafeRawBufferPointer(rebasing: line.dropLast())
    }

    private static func field(_ line: UnsafeRawBufferPointer) throws(HTTPHeadError) -> HTTPField {
        guard line.first != ASCII.space, line.first != ASCII.tab else { throw .obsoleteFold }
        guard let colon = ByteSearch.first(ASCII.colon, in: line) else { throw .malformedHeader }
        // Whole buffers, of which strings are made without a detour.
        let name = UnsafeRawBufferPointer(rebasing: line[..<colon])
        let value = UnsafeRawBufferPointer(rebasing: line[(colon + 1)...].trimmingOptionalWhitespace())
        guard ASCII.isToken(name), !value.contains(where: { $0 == ASCII.null || $0 == ASCII.carriageReturn }) else {
            throw .malformedHeader
        }
        return HTTPField(
            String(unsafeUninitializedCapacity: name.count) { text in
                for (index, byte) in name.enumerated() { text[index] = ASCII.lowercased(byte) }
                return name.count
            },
            String(decoding: value, as: UTF8.self)
        )
    }
}

/// What is wrong with the head of a message (RFC 9112, 2 to 6).
public enum HTTPHeadError: String, Error, CaseIterable, Sendable {
    /// The first line of a response is not a version, a status of three digits and a reason.
    case malformedStatusLine = "MALFORMED_STATUS_LINE"
    /// The first line of a request is not a method, a target and a version.
    case malformedRequestLine = "MALFORMED_REQUEST_LINE"
    /// The version is not HTTP/1.0 or a later HTTP/1.
    case unsupportedVersion = "UNSUPPORTED_HTTP_VERSION"
    /// A header line has no colon, no token before it, or a CR or NUL in it.
    case malformedHeader = "MALFORMED_HEADER"
    /// A header line begins with whitespace.
    case obsoleteFold = "OBSOLETE_LINE_FOLDING"
    /// A line of a request ends in LF without a CR.
    case bareLineFeed = "BARE_LINE_FEED"
    /// An HTTP/1.1 request has no `Host` field, or more than one.
    case badHost = "BAD_HOST"
    /// The head is longer than the limit.
    case headerLimit = "LIMIT_HEADER_BYTES"
    /// The first line of a request alone is longer than the limit.
    case requestLineLimit = "LIMIT_REQUEST_LINE"
    /// More interim responses come before the final one than ``HTTPHeadParser/interimLimit``.
    case interimLimit = "LIMIT_INTERIM_RESPONSES"
    /// A `Content-Length` is not a number of 64 bits.
    case badContentLength = "BAD_CONTENT_LENGTH"
    /// Two values of `Content-Length` differ.
    case conflictingContentLength = "CONFLICTING_CONTENT_LENGTH"
    /// The message has both a `Content-Length` and a `Transfer-Encoding`.
    case lengthWithTransferEncoding = "CONTENT_LENGTH_WITH_TRANSFER_ENCODING"
    /// A `Transfer-Encoding` is empty, or names `chunked` more than once.
    case badTransferEncoding = "BAD_TRANSFER_ENCODING"
    /// A transfer coding is not `chunked`.
    case unknownTransferCoding = "UNKNOWN_TRANSFER_CODING"
    /// An HTTP/1.0 message has a `Transfer-Encoding`.
    case transferEncodingInOldVersion = "TRANSFER_ENCODING_IN_HTTP_1_0"
}
