/// Takes the framing off a body, whichever it is (RFC 9112, 6).
///
/// Each call to ``next(_:)`` hands out one slice of the input, uncopied, and moves the start of the input past what it
/// has consumed; bytes after the body's end stay in the input.
///
/// ```swift
/// var input = received
/// while let slice = try decoder.next(&input) { … }
/// if decoder.isComplete { … }
/// ```
public enum BodyDecoder: Sendable {
    /// No body follows the head.
    case none
    /// The chunked transfer coding.
    case chunked(ChunkedDecoder)
    /// A body of a known length.
    case length(LengthDecoder)
    /// Everything until the connection closes.
    case untilClose

    /// A decoder at the start of a body.
    public init(_ framing: BodyFraming) {
        switch framing {
        case .none: self = .none
        case .chunked: self = .chunked(ChunkedDecoder())
        case .length(let count): self = .length(LengthDecoder(length: count))
        case .untilClose: self = .untilClose
        }
    }

    /// Whether the body has ended; a body that lasts until the connection closes is never complete before that.
    public var isComplete: Bool {
        switch self {
        case .none: true
        case .chunked(let decoder): decoder.isComplete
        case .length(let decoder): decoder.isComplete
        case .untilClose: false
        }
    }

    /// The next bytes of the body that the input holds.
    ///
    /// - Parameter input: what has been received; its start moves past what is consumed.
    /// - Returns: a slice of the input, never empty; nil where the input is used up or the body has ended.
    /// - Throws: what is wrong with the framing; the same again on every later call.
    public mutating func next(_ input: inout UnsafeRawBufferPointer) throws(BodyError) -> UnsafeRawBufferPointer? {
        switch self {
        case .none:
            return nil
        case .chunked(var decoder):
            defer { self = .chunked(decoder) }
            return try decoder.next(&input)
        case .length(var decoder):
            defer { self = .length(decoder) }
            return decoder.next(&input)
        case .untilClose:
            guard !input.isEmpty else { return nil }
            return input.takeFirst(input.count)
        }
    }

    /// Says that the connection has ended.
    ///
    /// - Throws: ``BodyError/truncated`` where the body has not.
    public func finish() throws(BodyError) {
        if case .untilClose = self { return }
        guard isComplete else { throw .truncated }
    }
}

/// How the end of a body is told (RFC 9112, 6.3).
public enum BodyFraming: Equatable, Sendable {
    /// There is no body.
    case none
    /// The chunked transfer coding says so.
    case chunked
    /// After so many bytes.
    case length(UInt64)
    /// The connection closes.
    case untilClose
}

/// Counts off a body whose length the head has stated (RFC 9112, 6.2).
public struct LengthDecoder: Sendable {
    /// The bytes of the body still to come.
    public private(set) var remaining: UInt64

    /// A decoder at the start of a body.
    ///
    /// - Parameter length: the body's length, in bytes.
    public init(length: UInt64) {
        remaining = length
    }

    /// Whether the whole body has been handed out.
    public var isComplete: Bool { remaining == 0 }

    /// The next bytes of the body that the input holds, as ``BodyDecoder/next(_:)`` does.
    public mutating func next(_ input: inout UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let count = Int(min(remaining, UInt64(input.count)))
        guard count > 0 else { return nil }
        remaining -= UInt64(count)
        return input.takeFirst(count)
    }

    /// Says that the connection has ended.
    ///
    /// - Throws: ``BodyError/truncated`` where the body has not.
    public func finish() throws(BodyError) {
        guard isComplete else { throw .truncated }
    }
}

/// What is wrong with the framing of a body.
public enum BodyError: String, Error, CaseIterable, Sendable {
    /// A chunk's size is not a hexadecimal number, or does not fit 64 bits.
    case badChunkSize = "BAD_CHUNK_SIZE"
    /// A chunk's size line does not end in CRLF.
    case badChunkLine = "BAD_CHUNK_LINE"
    /// No CRLF follows a chunk's data.
    case badChunkEnd = "BAD_CHUNK_END"
    /// A trailer line does not end in CRLF.
    case badTrailer = "BAD_TRAILER"
    /// A chunk's size line, its extensions included, is longer than the limit.
    case chunkLineLimit = "LIMIT_CHUNK_LINE"
    /// The trailer section is longer than the limit.
    case trailerLimit = "LIMIT_TRAILER_BYTES"
    /// The connection has ended before the body.
    case truncated = "TRUNCATED_BODY"
}
