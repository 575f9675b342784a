import CZlib

/// Unpacks a gzip or deflate body as it arrives, and hands out all that the server has flushed.
///
/// The first input makes it allocate about 40 KiB, most of it the window. A plain value that owns that memory by hand:
/// do not copy it, and call ``release()`` in the end.
public struct Inflater {
    /// The bytes that any body may unpack to, whatever the ratio.
    public static let freeOutputBytes: UInt64 = 1 << 20

    enum Phase {
        case fresh
        case running
        case ended
    }

    var stream: UnsafeMutablePointer<z_stream>?
    var consumed: UInt64 = 0
    var produced: UInt64 = 0
    let ratio: UInt32
    let format: CompressionFormat
    var phase = Phase.fresh
    /// The first byte of a deflate body, until the second tells its wrapping.
    var firstByte: UInt8?
    var filledScratch = false
    var failure: InflateError?

    /// An inflater at the start of a body.
    ///
    /// - Parameters:
    ///   - format: the content coding.
    ///   - ratio: the bytes that one received byte may unpack to, beyond the first mebibyte; at least 1.
    public init(_ format: CompressionFormat, ratio: Int) {
        precondition(ratio > 0, "a ratio is at least one")
        self.format = format
        self.ratio = UInt32(clamping: ratio)
    }

    /// Frees the memory; the inflater may not be used afterwards.
    public mutating func release() {
        guard let stream else { return }
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
        self.stream = nil
    }

    /// The next unpacked bytes.
    ///
    /// - Parameters:
    ///   - input: what has been received; its start moves past what is consumed.
    ///   - scratch: where the bytes are unpacked to; not empty.
    /// - Returns: a slice of the scratch, valid until it is used again; nil once the input is used up and everything in
    ///   it has been handed out.
    /// - Throws: what is wrong with the data or which limit it goes past; the same again on every later call.
    public mutating func next(
        _ input: inout UnsafeRawBufferPointer,
        scratch: UnsafeMutableRawBufferPointer
    ) throws(InflateError) -> UnsafeRawBufferPointer? {
        precondition(!scratch.isEmpty, "unpacking needs room")
        if let failure { throw failure }
        while true {
            if phase == .ended, !input.isEmpty { try openMember() }
            if phase == .fresh { try open(&input, scratch: scratch) }
            guard phase == .running, !input.isEmpty || filledScratch else { return nil }
            let count = try inflateOnce(&input, scratch: scratch)
            if count > 0 { return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(scratch)[..<count]) }
        }
    }

    /// Says that the body has ended.
    ///
    /// - Throws: ``InflateError/truncated`` where the compressed data has not; no data at all is well.
    public func finish() throws(InflateError) {
        if let failure { throw failure }
        guard phase == .ended || (phase == .fresh && firstByte == nil) else { throw .truncated }
    }
}

extension Inflater {
    /// Begins the next gzip member; nothing may follow a deflate body.
    mutating func openMember() throws(InflateError) {
        guard format == .gzip, let stream, inflateReset(stream) == Z_OK else { throw fail(formatError) }
        phase = .running
    }

    /// Makes the stream once it is known what the first bytes are; until then waits for more input.
    mutating func open(
        _ input: inout UnsafeRawBufferPointer,
        scratch: UnsafeMutableRawBufferPointer
    ) throws(InflateError) {
        guard let next = input.first else { return }
        if format == .gzip { return try start(windowBits: MAX_WBITS + 16) }
        guard let first = firstByte else {
            if input.count == 1 {
                firstByte = next
                input = UnsafeRawBufferPointer(rebasing: input[1...])
                return
            }
            return try start(windowBits: Self.isWrapped(next, input[1]) ? MAX_WBITS : -MAX_WBITS)
        }
        try start(windowBits: Self.isWrapped(first, next) ? MAX_WBITS : -MAX_WBITS)
        firstByte = nil
        // One byte holds no literal yet: a block's header and a shortest code are more than eight bits.
        try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { (prefix) throws(InflateError) in
            prefix[0] = first
            var bytes = UnsafeRawBufferPointer(prefix)
            _ = try inflateOnce(&bytes, scratch: scratch)
        }
    }

    /// Unpacks as much as fits the scratch.
    ///
    /// - Returns: the bytes written.
    mutating func inflateOnce(
        _ input: inout UnsafeRawBufferPointer,
        scratch: UnsafeMutableRawBufferPointer
    ) throws(InflateError) -> Int {
        guard let stream else { preconditionFailure("a running inflater has its stream") }
        let offered = UInt32(clamping: input.count)
        let room = UInt32(clamping: scratch.count)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: Bytef.self))
        stream.pointee.avail_in = offered
        stream.pointee.next_out = scratch.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = room
        let code = inflate(stream, Z_SYNC_FLUSH)
        let eaten = Int(offered - stream.pointee.avail_in)
        let made = Int(room - stream.pointee.avail_out)
        input = UnsafeRawBufferPointer(rebasing: input[eaten...])
        consumed += UInt64(eaten)
        produced += UInt64(made)
        filledScratch = stream.pointee.avail_out == 0
        switch code {
        case Z_OK: break
        // No progress was possible, which is no error; but input that is not eaten then never will be.
        case Z_BUF_ERROR where input.isEmpty: break
        case Z_STREAM_END:
            phase = .ended
            filledScratch = false
        case Z_MEM_ERROR: throw fail(.outOfMemory)
        default:
            let error = fail(formatError)
            // What came before the error is handed out first, so that it does not hang on how the input was cut.
            guard made > 0 else { throw error }
        }
        guard !isOverRatio else { throw fail(.ratioLimit) }
        return made
    }

    private var isOverRatio: Bool {
        let (scaled, overflow) = consumed.multipliedReportingOverflow(by: UInt64(ratio))
        let (allowed, carry) = scaled.addingReportingOverflow(Self.freeOutputBytes)
        return !overflow && !carry && produced > allowed
    }

    private var formatError: InflateError { format == .gzip ? .badGzip : .badDeflate }

    private mutating func start(windowBits: Int32) throws(InflateError) {
        let fresh = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        fresh.initialize(to: z_stream())
        guard hydrotest_inflate_init(fresh, windowBits) == Z_OK else {
            fresh.deallocate()
            throw fail(.outOfMemory)
        }
        stream = fresh
        phase = .running
    }

    private mutating func fail(_ error: InflateError) -> InflateError {
        failure = error
        release()
        return error
    }

    /// Whether two bytes are a zlib header (RFC 1950, 2.2): deflate, a window of at most 32 KiB, the check bits right.
    private static func isWrapped(_ first: UInt8, _ second: UInt8) -> Bool {
        first & 0x0F == 8 && first >> 4 <= 7 && (UInt16(first) << 8 | UInt16(second)) % 31 == 0
    }
}

/// A content coding that ``Inflater`` takes off (RFC 9110, 8.4.1).
public enum CompressionFormat: Sendable {
    /// `gzip`, of any number of members (RFC 1952).
    case gzip
    /// `deflate`: zlib-wrapped as the standard says, or raw as some servers send it.
    case deflate
}

/// What is wrong with a compressed body.
public enum InflateError: String, Error, CaseIterable, Sendable {
    /// The bytes are not gzip (RFC 1952), or a checksum is wrong.
    case badGzip = "BAD_GZIP"
    /// The bytes are neither zlib (RFC 1950) nor raw deflate (RFC 1951), or bytes follow its end.
    case badDeflate = "BAD_DEFLATE"
    /// The body unpacks to more than the limit allows.
    case ratioLimit = "LIMIT_COMPRESSION_RATIO"
    /// The connection has ended before the compressed data.
    case truncated = "TRUNCATED_COMPRESSED_BODY"
    /// There is no memory for the window.
    case outOfMemory = "ENOMEM"
}

/// Unpacks whole gzip files (RFC 1952) within a bound.
public enum GzipDecoder {
    /// The bytes of a file of one or several members.
    ///
    /// - Parameter limit: the most bytes that it may unpack to.
    /// - Throws: what is wrong with the data; ``InflateError/ratioLimit`` where it unpacks to more than the limit.
    public static func unpack(_ bytes: [UInt8], limit: Int) throws(InflateError) -> [UInt8] {
        var inflater = Inflater(.gzip, ratio: .max)
        defer { inflater.release() }
        var output: [UInt8] = []
        var failure: InflateError?
        var scratch = [UInt8](repeating: 0, count: 1 << 16)
        bytes.withUnsafeBytes { raw in
            scratch.withUnsafeMutableBytes { room in
                var input = raw
                do throws(InflateError) {
                    while let part = try inflater.next(&input, scratch: room) {
                        guard output.count + part.count <= limit else { throw .ratioLimit }
                        output.append(contentsOf: part)
                    }
                    try inflater.finish()
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        return output
    }

    /// The bytes of the first member; what follows it is left alone.
    ///
    /// - Parameter limit: the most bytes that it may unpack to.
    /// - Returns: the bytes, and how many of the input belong to the member.
    /// - Throws: what is wrong with the member; ``InflateError/ratioLimit`` where it unpacks to more than the limit.
    public static func unpackMember(_ bytes: [UInt8], limit: Int) throws(InflateError) -> (
        bytes: [UInt8], consumed: Int
    ) {
        var inflater = Inflater(.gzip, ratio: .max)
        defer { inflater.release() }
        var output: [UInt8] = []
        var rest = 0
        var failure: InflateError?
        var scratch = [UInt8](repeating: 0, count: 1 << 16)
        bytes.withUnsafeBytes { raw in
            scratch.withUnsafeMutableBytes { room in
                var input = raw
                do throws(InflateError) {
                    try inflater.open(&input, scratch: room)
                    while inflater.phase == .running, !input.isEmpty || inflater.filledScratch {
                        let count = try inflater.inflateOnce(&input, scratch: room)
                        guard output.count + count <= limit else { throw .ratioLimit }
                        output.append(contentsOf: room[..<count])
                        // What came before an error is handed out before the error.
                        if let error = inflater.failure { throw error }
                    }
                    guard inflater.phase == .ended else { throw .truncated }
                    rest = input.count
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        return (output, bytes.count - rest)
    }
}
