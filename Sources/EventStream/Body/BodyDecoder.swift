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
