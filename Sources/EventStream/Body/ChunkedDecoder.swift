/// Takes the chunked transfer coding off a body (RFC 9112, 7.1) in 24 bytes of state.
///
/// Chunk extensions and trailers are skipped, each within a limit. Every line must end in CRLF.
public struct ChunkedDecoder: Sendable {
    /// The longest size line, its extensions included, in bytes, where no other limit is given.
    public static let defaultLineLimit = 4096
    /// The longest trailer section, in bytes, where no other limit is given.
    public static let defaultTrailerLimit = 16384

    /// What the next byte belongs to.
    enum Phase: UInt8 {
        case sizeStart
        case size
        case sizePadding
        case sizeExtension
        case sizeLineFeed
        case data
        case dataCarriageReturn
        case dataLineFeed
        case trailerStart
        case trailer
        case trailerLineFeed
        case lastLineFeed
        case complete
    }

    /// The chunk's size while it is read; then the bytes of it still to come.
    private var remaining: UInt64 = 0
    /// The bytes of the size line, or of the trailer section, so far.
    private var lineCount: UInt32 = 0
    private let lineLimit: UInt16
    private let trailerLimit: UInt16
    private var phase = Phase.sizeStart
    private var failure: BodyError?

    /// A decoder at the start of a body.
    ///
    /// - Parameters:
    ///   - lineLimit: the longest size line, its extensions included, in bytes; at most 65535.
    ///   - trailerLimit: the longest trailer section, in bytes; at most 65535.
    public init(lineLimit: Int = defaultLineLimit, trailerLimit: Int = defaultTrailerLimit) {
        self.lineLimit = UInt16(clamping: lineLimit)
        self.trailerLimit = UInt16(clamping: trailerLimit)
    }

    /// Whether the last chunk and the trailer section have been read.
    public var isComplete: Bool { phase == .complete }

    /// The next bytes of the body that the input holds, as ``BodyDecoder/next(_:)`` does.
    ///
    /// - Throws: what is wrong with the coding; the same again on every later call.
    public mutating func next(_ input: inout UnsafeRawBufferPointer) throws(BodyError) -> UnsafeRawBufferPointer? {
        if let failure { throw failure }
        var position = 0
        while position < input.count, phase != .complete {
            if phase == .data {
                _ = input.takeFirst(position)
                let count = Int(min(remaining, UInt64(input.count)))
                remaining -= UInt64(count)
                if remaining == 0 { phase = .dataCarriageReturn }
                return input.takeFirst(count)
            }
            if let error = step(input[position]) {
                failure = error
                throw error
            }
            position += 1
        }
        _ = input.takeFirst(position)
        return nil
    }

    /// Says that the connection has ended.
    ///
    /// - Throws: ``BodyError/truncated`` where the body has not.
    public func finish() throws(BodyError) {
        if let failure { throw failure }
        guard isComplete else { throw .truncated }
    }

    private mutating func step(_ byte: UInt8) -> BodyError? {
        switch phase {
        case .sizeStart, .size, .sizePadding, .sizeExtension, .sizeLineFeed:
            lineCount += 1
            return lineCount > lineLimit ? .chunkLineLimit : stepSizeLine(byte)
        case .dataCarriageReturn:
            phase = .dataLineFeed
            return byte == ASCII.carriageReturn ? nil : .badChunkEnd
        case .dataLineFeed:
            phase = .sizeStart
            return byte == ASCII.lineFeed ? nil : .badChunkEnd
        case .trailerStart, .trailer, .trailerLineFeed, .lastLineFeed:
            lineCount += 1
            return lineCount > trailerLimit ? .trailerLimit : stepTrailer(byte)
        case .data, .complete:
            preconditionFailure("data is handed out whole, and nothing follows the end")
        }
    }

    private mutating func stepSizeLine(_ byte: UInt8) -> BodyError? {
        switch (phase, byte) {
        case (.sizeLineFeed, ASCII.lineFeed):
            lineCount = 0
            phase = remaining == 0 ? .trailerStart : .data
        case (.sizeLineFeed, _), (_, ASCII.lineFeed):
            return phase == .sizeStart ? .badChunkSize : .badChunkLine
        case (.sizeExtension, ASCII.carriageReturn), (.sizePadding, ASCII.carriageReturn),
            (.size, ASCII.carriageReturn):
            phase = .sizeLineFeed
        case (.sizeExtension, _):
            break
        case (.size, UInt8(ascii: ";")), (.sizePadding, UInt8(ascii: ";")):
            phase = .sizeExtension
        case (.size, ASCII.space), (.size, ASCII.tab), (.sizePadding, ASCII.space), (.sizePadding, ASCII.tab):
            // Bad whitespace, which a recipient must put up with (RFC 9110, 5.6.3).
            phase = .sizePadding
        case (.sizeStart, _), (.size, _):
            guard let digit = ASCII.hexadecimalValue(byte), remaining <= UInt64.max >> 4 else { return .badChunkSize }
            remaining = remaining << 4 | UInt64(digit)
            phase = .size
        default:
            return .badChunkSize
        }
        return nil
    }

    private mutating func stepTrailer(_ byte: UInt8) -> BodyError? {
        switch (phase, byte) {
        case (.trailerStart, ASCII.carriageReturn): phase = .lastLineFeed
        case (.trailer, ASCII.carriageReturn): phase = .trailerLineFeed
        case (.lastLineFeed, ASCII.lineFeed): phase = .complete
        case (.trailerLineFeed, ASCII.lineFeed): phase = .trailerStart
        case (.lastLineFeed, _), (.trailerLineFeed, _), (_, ASCII.lineFeed): return .badTrailer
        default: phase = .trailer
        }
        return nil
    }
}

/// Puts the chunked transfer coding on a body (RFC 9112, 7.1).
public enum ChunkedEncoder {
    /// Appends one chunk; appends nothing for no bytes, since an empty chunk would end the body.
    public static func append(chunk bytes: some Collection<UInt8>, to output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        output.append(contentsOf: String(bytes.count, radix: 16).utf8)
        output.append(contentsOf: "\r\n".utf8)
        output.append(contentsOf: bytes)
        output.append(contentsOf: "\r\n".utf8)
    }

    /// Appends the last chunk and an empty trailer section.
    public static func appendLastChunk(to output: inout [UInt8]) {
        output.append(contentsOf: "0\r\n\r\n".utf8)
    }
}
