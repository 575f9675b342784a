import CZlib

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
