import Glibc
import Record

/// The first names of events that a worker has seen, in fixed memory.
struct BeatNames {
    /// The most names; events of others are not told apart.
    static let limit = 4
    /// The longest name that is kept, in bytes.
    static let longest = 64

    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: limit * longest, alignment: 1)
    private var lengths: InlineLengths = (0, 0, 0, 0)
    private(set) var count = 0

    private typealias InlineLengths = (UInt8, UInt8, UInt8, UInt8)

    /// The position of a name, which is kept where there is room; nil where there is none.
    mutating func index(of name: UnsafeRawBufferPointer) -> Int? {
        guard let start = name.baseAddress, let kept = bytes.baseAddress, (1...Self.longest).contains(name.count)
        else { return nil }
        for index in 0..<count where length(index) == name.count {
            if memcmp(kept + index * Self.longest, start, name.count) == 0 { return index }
        }
        guard count < Self.limit else { return nil }
        (kept + count * Self.longest).copyMemory(from: start, byteCount: name.count)
        withUnsafeMutableBytes(of: &lengths) { $0[count] = UInt8(name.count) }
        count += 1
        return count - 1
    }

    /// The name at a position, malformed bytes replaced.
    func name(_ index: Int) -> String {
        let start = index * Self.longest
        return String(decoding: bytes[start..<start + length(index)], as: UTF8.self)
    }

    func release() { bytes.deallocate() }

    private func length(_ index: Int) -> Int { withUnsafeBytes(of: lengths) { Int($0[index]) } }
}
