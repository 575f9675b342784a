/// What `/proc/PID/smaps_rollup` says of a process's memory (proc(5)).
enum MemoryRollup {
    /// Bytes read of the file; it has some twenty lines.
    static let sizeLimit = 8192

    /// The bytes of pages that no other process has; nil where the text does not tell.
    static func privateBytes(_ text: [UInt8]) -> UInt64? {
        var sum: UInt64?
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 3, words[2] == "kB", words[0] == "Private_Clean:" || words[0] == "Private_Dirty:"
            else {
                continue
            }
            guard let kibibytes = UInt64(words[1]), kibibytes < 1 << 50 else { return nil }
            sum = (sum ?? 0) + kibibytes * 1024
        }
        return sum
    }
}
