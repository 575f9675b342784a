/// Puts the chunked transfer coding on a body (RFC 9112, 7.1).
public enum ChunkedEncoder {
    /// Appends one chunk; appends nothing for no bytes, since an empty chunk would end the body.
    public static func append(chunk bytes: some Collection<UInt8>, to output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        output.append(contentsOf: String(bytes.count, radix: 16).utf8)
        output.append(contentsOf: "\r\n".utf8)
        output.append(contentsOf: bytes)
        output.append(contentsOf: "\r\n".utf8)
    }

    /// Appends the last chunk and an empty trailer section.
    public static func appendLastChunk(to output: inout [UInt8]) {
        output.append(contentsOf: "0\r\n\r\n".utf8)
    }
}
