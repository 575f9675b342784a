/// What one connection may cost; the limit that is hit ends the connection under the limit's name.
public struct LimitOptions: Equatable, Sendable {
    /// Bytes of a response head.
    public var headerBytes = 64 << 10
    /// Bytes of one event, and of one line.
    public var eventBytes = 1 << 20
    /// Bytes that a compressed body may unpack to for each byte received, past the first mebibyte.
    public var compressionRatio = 200

    /// The defaults.
    public init() {}
}

/// Reads `limits:`.
enum LimitReader {
    /// Reads what one connection may cost.
    static func read(_ field: Field) -> LimitOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { eventBytes: 1048576 }") else { return nil }
        defer { keys.finish() }
        var options = LimitOptions()
        keys.read("headerBytes", into: &options.headerBytes) {
            $0.wholeNumber(in: ProfileLimits.headerBytes, example: 65536)
        }
        keys.read("eventBytes", into: &options.eventBytes) {
            $0.wholeNumber(in: ProfileLimits.eventBytes, example: 1_048_576)
        }
        keys.read("compressionRatio", into: &options.compressionRatio) {
            $0.wholeNumber(in: ProfileLimits.compressionRatio, example: 200)
        }
        return options
    }
}
