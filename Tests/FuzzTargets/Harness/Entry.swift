import Glibc

/// The readers that libFuzzer drives; `FUZZ_TARGET` names the one of this run.
enum FuzzTarget: String, CaseIterable {
    case httpHead = "http-head"
    case chunked
    case gzip
    case eventStream = "event-stream"
    case profile
    case report

    /// The one that the environment names.
    static let chosen: FuzzTarget = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            preconditionFailure("FUZZ_TARGET must be one of \(allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return target
    }()

    /// Reads one input; traps where a reader does what it must not.
    func run(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .httpHead: HTTPHeadTarget.run(bytes)
        case .chunked: ChunkedTarget.run(bytes)
        case .gzip: GzipTarget.run(bytes)
        case .eventStream: EventStreamTarget.run(bytes)
        case .profile: ProfileTarget.run(bytes)
        case .report: ReportTarget.run(bytes)
        }
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.run(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}
