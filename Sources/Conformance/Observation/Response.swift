import EventStream
import HTTP
import Vocabulary

/// One response, its body without framing and content coding.
public struct Response: Sendable {
    /// The head.
    public let head: HTTPResponseHead
    /// The head's length, in bytes.
    public let headBytes: Int
    /// When the head was complete, in ns of the monotonic clock.
    public let headMoment: Nanoseconds
    /// How the body's end is told; nil where the head contradicts itself.
    public let framing: BodyFraming?
    /// What is wrong with the framing or the content coding; nil where nothing is.
    public private(set) var problem: String?
    /// The body as far as it came.
    public private(set) var body: [UInt8] = []
    /// When it came, by the body's bytes.
    public private(set) var arrivals: [Arrival] = []
    /// Whether the body has ended as the framing says.
    public private(set) var isComplete: Bool
    /// The body as an event stream; nil where the head does not say that it is one.
    public private(set) var stream: StreamReading?
    private var decoder: BodyDecoder

    /// A response before its body.
    ///
    /// - Parameters:
    ///   - bytes: the head's length, in bytes.
    ///   - moment: when it was complete, in ns.
    ///   - isToHead: whether the request's method was `HEAD`.
    init(_ head: HTTPResponseHead, bytes: Int, moment: Nanoseconds, isToHead: Bool) {
        self.head = head
        headBytes = bytes
        headMoment = moment
        do throws(HTTPHeadError) {
            let framing = try head.bodyFraming(toHead: isToHead)
            self.framing = framing
            decoder = BodyDecoder(framing)
        } catch {
            framing = nil
            problem = error.rawValue
            decoder = .untilClose
        }
        isComplete = decoder.isComplete
    }

    /// Whether the body is, or could be, an event stream that a client would read.
    public var isStream: Bool { head.isEventStream }

    /// Takes what belongs to the body off the input.
    mutating func append(_ input: inout UnsafeRawBufferPointer, at moment: Nanoseconds) {
        do throws(BodyError) {
            while let slice = try decoder.next(&input) {
                body.append(contentsOf: slice)
                note(moment)
            }
            isComplete = decoder.isComplete
        } catch {
            problem = error.rawValue
            decoder = .untilClose
            input = UnsafeRawBufferPointer(rebasing: input[input.count...])
        }
    }

    private mutating func note(_ moment: Nanoseconds) {
        if arrivals.last?.moment == moment { arrivals.removeLast() }
        arrivals.append(Arrival(end: body.count, moment: moment))
    }

    /// Says that nothing more came.
    mutating func finish(isClosed: Bool) {
        guard isClosed, problem == nil, framing != nil else { return }
        if case .untilClose = decoder {
            isComplete = true
        } else if !isComplete {
            problem = BodyError.truncated.rawValue
        }
    }

    /// Takes the content coding off, and reads the body as an event stream where it is one.
    mutating func readStream() {
        inflate()
        if isStream { stream = StreamReading(body, arrivals) }
    }

    /// The content codings other than `identity`.
    public var codings: [ContentCoding] { head.contentCodings.filter { $0 != .identity } }

    private mutating func inflate() {
        let format: CompressionFormat
        switch codings {
        case []: return
        case [.gzip]: format = .gzip
        case [.deflate]: format = .deflate
        default:
            // Nothing can be read of it.
            (body, arrivals) = ([], [])
            return
        }
        var inflater = Inflater(format, ratio: CheckLimits.compressionRatio)
        defer { inflater.release() }
        let (packed, packedArrivals) = (body, arrivals)
        (body, arrivals) = ([], [])
        var start = 0
        for arrival in packedArrivals {
            do throws(InflateError) {
                try unpack(packed[start..<arrival.end], with: &inflater)
                if body.count > (arrivals.last?.end ?? 0) { note(arrival.moment) }
            } catch {
                return problem = error.rawValue
            }
            start = arrival.end
        }
    }

    private mutating func unpack(_ bytes: ArraySlice<UInt8>, with inflater: inout Inflater) throws(InflateError) {
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
        defer { scratch.deallocate() }
        let whole = Array(bytes)
        let unpacked: Result<[UInt8], InflateError> = whole.withUnsafeBytes { packed in
            var input = packed
            var output: [UInt8] = []
            do throws(InflateError) {
                while let slice = try inflater.next(&input, scratch: scratch) { output.append(contentsOf: slice) }
                return .success(output)
            } catch {
                return .failure(error)
            }
        }
        body += try unpacked.get()
    }
}

/// What came in an exchange, read as responses.
public struct ResponseReading: Sendable {
    /// The final responses whose heads came, in order.
    public internal(set) var responses: [Response] = []
    /// The status codes of interim responses.
    public internal(set) var interim: [Int] = []
    /// What is wrong with the first head that cannot be read.
    public internal(set) var headError: HTTPHeadError?
    /// Bytes that came after the last response.
    public internal(set) var surplus = 0
}

/// Reads responses as their bytes come.
///
/// It reads heads and bodies for itself, as an exchange of the HTTP room does not: what breaks a rule is a fact to be
/// judged and not the end, so that it reads on behind it, keeps the length of every head, and counts what is too much.
final class ResponseReader {
    private enum Place {
        case head
        case body
        case after
    }

    /// What has been read so far.
    private(set) var reading = ResponseReading()
    private let methods: [String]
    private var parser = HTTPResponseHeadParser(limitBytes: CheckLimits.headBytes)
    private var place: Place
    /// The bytes of the unfinished head that came with earlier pieces.
    private var headBytes = 0

    /// A reader before the first byte.
    ///
    /// - Parameter methods: the methods of the requests; none where what comes is no HTTP.
    init(methods: [String]) {
        self.methods = methods
        place = methods.isEmpty ? .after : .head
    }

    deinit { parser.release() }

    /// Reads a piece.
    ///
    /// - Parameter moment: when it came, in ns of the monotonic clock.
    func read(_ piece: UnsafeRawBufferPointer, at moment: Nanoseconds) {
        var input = piece
        while !input.isEmpty {
            switch place {
            case .head: readHead(&input, moment)
            case .body:
                let index = reading.responses.count - 1
                reading.responses[index].append(&input, at: moment)
                if reading.responses[index].isComplete { goOn() }
            case .after:
                if !methods.isEmpty, reading.headError == nil { reading.surplus += input.count }
                input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            }
        }
    }

    private func readHead(_ input: inout UnsafeRawBufferPointer, _ moment: Nanoseconds) {
        do throws(HTTPHeadError) {
            guard let parsed = try parser.parse(input) else {
                headBytes += input.count
                return input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            }
            input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
            let bytes = headBytes + parsed.consumed
            headBytes = 0
            guard !parsed.head.isInterim else {
                if reading.interim.count < CheckLimits.keptInterim { reading.interim.append(parsed.head.status) }
                return
            }
            let isToHead = methods[reading.responses.count] == "HEAD"
            let response = Response(parsed.head, bytes: bytes, moment: moment, isToHead: isToHead)
            reading.responses.append(response)
            place = .body
            if response.isComplete { goOn() }
        } catch {
            reading.headError = error
            place = .after
        }
    }

    /// Goes on behind a complete response.
    private func goOn() { place = reading.responses.count < methods.count ? .head : .after }

    /// Says that nothing more comes.
    ///
    /// - Parameter isClosed: whether the server closed in good order.
    /// - Returns: everything that was read, the bodies read as event streams where they are.
    func finish(isClosed: Bool) -> ResponseReading {
        if place == .body { reading.responses[reading.responses.count - 1].finish(isClosed: isClosed) }
        for index in reading.responses.indices { reading.responses[index].readStream() }
        return reading
    }
}
