import ParserReadings
import Vocabulary

/// What libFuzzer can drive; each reads hostile bytes, and says by a trap that it has read them wrongly.
enum FuzzTarget: String, CaseIterable {
    case responseHead = "response-head"
    case requestHead = "request-head"
    case chunked
    case gzip
    case eventStream = "event-stream"
    case profile
    case report

    /// Reads one input.
    ///
    /// Parsers that are fed from a socket read it twice, whole and cut into pieces, which its first byte draws; what they
    /// make of it must be the same.
    func run(_ input: [UInt8]) {
        let bytes = Array(input.dropFirst())
        var random = SplitMix64(seeds: UInt64(input.first ?? 0))
        let pieces = Pieces.random(bytes, using: &random)
        switch self {
        case .responseHead: HeadTarget.runResponse(bytes, pieces)
        case .requestHead: HeadTarget.runRequest(bytes, pieces)
        case .chunked: ChunkedTarget.run(bytes, pieces)
        case .gzip: GzipTarget.run(bytes, pieces)
        case .eventStream: EventStreamTarget.run(bytes, pieces)
        case .profile: ProfileTarget.run(input)
        case .report: ReportTarget.run(input)
        }
    }
}
