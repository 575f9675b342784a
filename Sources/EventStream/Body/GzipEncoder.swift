import CZlib

/// Compresses to gzip (RFC 1952): whole, or as a stream that is flushed where its reader must not wait.
///
/// The streaming form is a plain value that owns about 260 KiB by hand: do not copy it, and call ``release()`` in the
/// end.
public struct GzipEncoder {
    /// What the reader must be able to unpack once it has the output.
    public enum Flush: Sendable {
        /// Whatever the compressor does not hold back for a better ratio.
        case none
        /// Everything written so far.
        case sync
        /// Everything, and nothing may be written afterwards.
        case finish
    }

    private var stream: UnsafeMutablePointer<z_stream>?

    /// An encoder at the start of its output.
    ///
    /// - Parameter level: 0 (store) to 9 (smallest).
    public init(level: Int = 6) {
        precondition((0...9).contains(level), "zlib knows the levels 0 to 9")
        let fresh = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        fresh.initialize(to: z_stream())
        let code = hydrotest_deflate_init(fresh, Int32(level), MAX_WBITS + 16)
        precondition(code == Z_OK, "no memory for a compressor")
        stream = fresh
    }

    /// Frees the memory; the encoder may not be used afterwards.
    public mutating func release() {
        guard let stream else { return }
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
        self.stream = nil
    }

    /// Compresses bytes and appends what comes out.
    public mutating func append(_ bytes: UnsafeRawBufferPointer, flush: Flush, to output: inout [UInt8]) {
        guard let stream else { preconditionFailure("an encoder is not used once it is released") }
        var input = bytes
        repeat {
            let part = input.takeFirst(min(input.count, Int(Int32.max)))
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: part.baseAddress?.assumingMemoryBound(to: Bytef.self)
            )
            stream.pointee.avail_in = UInt32(part.count)
            drain(stream, input.isEmpty ? flush.code : Z_NO_FLUSH, to: &output)
        } while !input.isEmpty
    }

    /// Compresses bytes and appends what comes out.
    public mutating func append(_ bytes: [UInt8], flush: Flush, to output: inout [UInt8]) {
        bytes.withUnsafeBytes { append($0, flush: flush, to: &output) }
    }

    /// Compresses bytes to one whole gzip member; the same bytes always give the same output.
    ///
    /// - Parameter level: 0 (store) to 9 (smallest).
    public static func compress(_ bytes: [UInt8], level: Int = 9) -> [UInt8] {
        var encoder = GzipEncoder(level: level)
        defer { encoder.release() }
        var output: [UInt8] = []
        encoder.append(bytes, flush: .finish, to: &output)
        return output
    }

    private func drain(_ stream: UnsafeMutablePointer<z_stream>, _ flush: Int32, to output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: 16384, alignment: 1) { room in
            repeat {
                stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_out = UInt32(room.count)
                let code = deflate(stream, flush)
                precondition(code != Z_STREAM_ERROR, "nothing is written after the end")
                output.append(contentsOf: room[..<(room.count - Int(stream.pointee.avail_out))])
            } while stream.pointee.avail_out == 0
        }
    }
}

extension GzipEncoder.Flush {
    fileprivate var code: Int32 {
        switch self {
        case .none: Z_NO_FLUSH
        case .sync: Z_SYNC_FLUSH
        case .finish: Z_FINISH
        }
    }
}

/// Compresses to the zlib format (RFC 1950).
public enum ZlibEncoder {
    /// Compresses bytes as a whole; the same bytes always give the same output.
    public static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var output = [UInt8](repeating: 0, count: Int(length))
        let code = compress2(&output, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
        precondition(code == Z_OK, "no memory for a compressor")
        return Array(output[..<Int(length)])
    }
}
