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
}
