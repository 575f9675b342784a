import EventStream

extension Made {
    /// A text in gzip, cut where the server would flush it.
    static func gzipped(_ text: String) -> (flushed: [UInt8], end: [UInt8]) {
        var encoder = GzipEncoder()
        defer { encoder.release() }
        var (flushed, end): ([UInt8], [UInt8]) = ([], [])
        encoder.append(Array(text.utf8), flush: .sync, to: &flushed)
        encoder.append([], flush: .finish, to: &end)
        return (flushed, end)
    }

    /// Bytes as one chunk of the chunked transfer coding.
    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
}
