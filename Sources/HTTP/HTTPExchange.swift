import EventStream

/// One request and its answer over HTTP/1.1, without input or output of its own: bytes to send come out, bytes received
/// go in, and what they bring is told event by event.
///
/// ```swift
/// var input = received
/// while let event = try exchange.next(&input) { … }
/// ```
///
/// Where the connection has ended, ``finish()`` says whether the answer has too. A body is handed out in slices of the
/// input, uncopied. A plain value that owns memory by hand: do not copy it, and call ``release()`` at its end.
///
/// HTTP/2 is the same seam one level up. There a connection has the bytes to send and takes those received, for all of
/// its streams at once; each event carries the number of its stream, and an exchange is what goes on under one number.
/// Head, body, end and failure stay what they are here, so that whoever asks for a request need not know the version.
public struct HTTPExchange {
    /// What an answer brings, in order.
    public enum Event {
        /// The final response head. Where its fields contradict each other the failure follows in place of a body.
        case head(HTTPResponseHead)
        /// A piece of the body without its framing, never empty: a slice of the input.
        case body(UnsafeRawBufferPointer)
        /// The answer is whole; what is left of the input belongs to no answer.
        case end
    }

    /// The most that an answer may cost.
    public struct Limits: Sendable {
        /// The longest head, in bytes.
        public var headBytes: Int
        /// The longest body, in bytes.
        public var bodyBytes: UInt64

        /// Limits; without one for the body, which suits one that is read as it comes.
        public init(headBytes: Int, bodyBytes: UInt64 = .max) {
            self.headBytes = headBytes
            self.bodyBytes = bodyBytes
        }

        /// Those of an answer that is read whole.
        public static let ordinary = Limits(headBytes: 64 << 10, bodyBytes: 4 << 20)
    }

    private enum Place: UInt8 {
        case head
        case body
        case over
    }

    /// What is left to be sent; empty once the final head has come, since an answer before the end of its request ends it.
    public private(set) var pendingOutput: ArraySlice<UInt8>
    /// Why the exchange fails, which the next call throws; nil as long as nothing is wrong.
    public private(set) var failure: HTTPExchangeError?
    /// Whether a body follows the head that has come, be it an empty one.
    public private(set) var hasBody = false
    private let isHead: Bool
    private var parser: HTTPResponseHeadParser
    private var body = BodyDecoder.none
    /// The bytes that the body may still have.
    private var bodyAllowance: UInt64
    private var place = Place.head
    private var mayBeReused: Bool

    /// An exchange whose request is to be sent.
    public init(_ request: HTTPRequest, limits: Limits) {
        pendingOutput = request.bytes[...]
        isHead = request.isHead
        mayBeReused = !request.endsConnection
        parser = HTTPResponseHeadParser(limitBytes: limits.headBytes)
        bodyAllowance = limits.bodyBytes
    }

    /// Frees the memory; the exchange may not be used afterwards.
    public mutating func release() { parser.release() }

    /// Whether the answer has come whole.
    public var isComplete: Bool { place == .over }

    /// Whether the connection may carry another exchange behind this one (RFC 9112, 9.3): the answer is whole and leaves
    /// the connection open, all of the request was sent before it, and nothing follows it.
    public var isReusable: Bool { isComplete && mayBeReused }

    /// Says that bytes of ``pendingOutput`` were sent.
    public mutating func sent(_ count: Int) { pendingOutput = pendingOutput.dropFirst(count) }

    /// The next thing that the input brings.
    ///
    /// - Parameter input: what has been received; its start moves past what is consumed.
    /// - Returns: nil where the input is used up, or the answer is over.
    /// - Throws: why the exchange fails; the same again on every later call.
    public mutating func next(_ input: inout UnsafeRawBufferPointer) throws(HTTPExchangeError) -> Event? {
        if let failure { throw failure }
        do throws(HTTPExchangeError) {
            switch place {
            case .head: return try nextHead(&input)
            case .body: return try nextOfBody(&input)
            case .over: return nil
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// Says that the connection has ended, which ends some bodies.
    ///
    /// - Throws: ``HTTPExchangeError/endedBeforeHead`` or that the body is cut short, where the answer is not whole.
    public mutating func finish() throws(HTTPExchangeError) {
        mayBeReused = false
        if let failure { throw failure }
        switch place {
        case .over: return
        case .head: failure = .endedBeforeHead
        case .body:
            do throws(BodyError) {
                try body.finish()
            } catch {
                failure = .body(error)
            }
        }
        if let failure { throw failure }
        place = .over
    }

    private mutating func nextHead(_ input: inout UnsafeRawBufferPointer) throws(HTTPExchangeError) -> Event? {
        do throws(HTTPHeadError) {
            while let parsed = try parser.parse(input) {
                input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
                if parsed.head.isInterim { continue }
                begin(parsed.head)
                return .head(parsed.head)
            }
            input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            return nil
        } catch {
            throw .head(error)
        }
    }

    private mutating func begin(_ head: HTTPResponseHead) {
        if !pendingOutput.isEmpty {
            // The rest of the request would lie in the way of the next.
            pendingOutput = []
            mayBeReused = false
        }
        if !head.keepAlive || head.status == 101 { mayBeReused = false }
        place = .body
        do throws(HTTPHeadError) {
            let framing = try head.bodyFraming(toHead: isHead)
            if framing == .untilClose { mayBeReused = false }
            hasBody = framing != .none
            body = BodyDecoder(framing)
        } catch {
            failure = .head(error)
        }
    }

    private mutating func nextOfBody(_ input: inout UnsafeRawBufferPointer) throws(HTTPExchangeError) -> Event? {
        // A length that is too great need not be waited for.
        if case .length(let decoder) = body, decoder.remaining > bodyAllowance { throw .bodyLimit }
        let slice: UnsafeRawBufferPointer?
        do throws(BodyError) {
            slice = try body.next(&input)
        } catch {
            throw .body(error)
        }
        if let slice {
            guard UInt64(slice.count) <= bodyAllowance else { throw .bodyLimit }
            bodyAllowance -= UInt64(slice.count)
            return .body(slice)
        }
        guard body.isComplete else { return nil }
        place = .over
        if !input.isEmpty { mayBeReused = false }
        return .end
    }
}

/// Why an exchange brought no whole answer.
public enum HTTPExchangeError: Error, Hashable, Sendable {
    /// The head cannot be read.
    case head(HTTPHeadError)
    /// The body's framing is broken, or the connection ended within the body.
    case body(BodyError)
    /// The body is longer than the limit.
    case bodyLimit
    /// The connection ended before the head was complete.
    case endedBeforeHead

    /// The name that errors are counted under.
    public var name: String {
        switch self {
        case .head(let error): error.rawValue
        case .body(let error): error.rawValue
        case .bodyLimit: "LIMIT_BODY_BYTES"
        case .endedBeforeHead: "ENDED_BEFORE_ANSWER"
        }
    }
}
