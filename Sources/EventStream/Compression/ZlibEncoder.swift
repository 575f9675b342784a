import CZlib

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
