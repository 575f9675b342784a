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
