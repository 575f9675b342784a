import EventStream
import Vocabulary

/// Reads responses as their bytes come.
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
