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
