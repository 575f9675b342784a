/// What `/proc/PID/status` says of a process, as far as it is wanted here (proc(5)).
struct ProcessStatus: Equatable, Sendable {
    /// Bytes read of the file; the lines wanted stand well before.
    static let sizeLimit = 4096

    /// The letter of its state; `Z` and `X` are those of a process that has ended.
    var state: UInt8?
    /// Its threads.
    var threads: UInt64?
    /// Its resident memory, in bytes.
    var residentBytes: UInt64?

    /// Reads the file's text; what cannot be read is nil.
    init(_ text: ArraySlice<UInt8>) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let words = line[(colon + 1)...].split { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
            guard let first = words.first else { continue }
            switch String(decoding: line[..<colon], as: UTF8.self) {
            case "State": state = first.first
            case "Threads": threads = UInt64(String(decoding: first, as: UTF8.self))
            case "VmRSS": residentBytes = Self.bytes(first, unit: words.dropFirst().first)
            default: continue
            }
        }
    }

    private static func bytes(_ number: ArraySlice<UInt8>, unit: ArraySlice<UInt8>?) -> UInt64? {
        guard unit.map({ String(decoding: $0, as: UTF8.self) }) == "kB",
            let kibibytes = UInt64(String(decoding: number, as: UTF8.self))
        else { return nil }
        let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
        return overflow ? nil : bytes
    }

    /// Whether the process has ended and only waits for its parent to notice.
    var hasEnded: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }
}
