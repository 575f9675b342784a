import EventStream
import Glibc

/// The last response head that began a stream, byte for byte, and what was found in it.
///
/// A server sends the same head to all its streams, but for the date: comparing spares reading it again.
struct KnownAnswer {
    /// Longer heads are not kept, in bytes.
    static let mostBytes = 4 << 10

    /// The end of the stream's body, and its compression.
    struct Start {
        let framing: BodyFraming
        let compression: UnusableResponse.Compression
    }

    private var bytes: [UInt8] = []
    private var scenario = 0
    private var start: Start?

    init() { bytes.reserveCapacity(Self.mostBytes) }

    /// Keeps the head of a scenario's response, with its final empty line.
    mutating func keep(_ head: UnsafeRawBufferPointer, of scenario: Int, _ start: Start) {
        bytes.removeAll(keepingCapacity: true)
        self.start = nil
        guard head.count <= Self.mostBytes else { return }
        bytes.append(contentsOf: head)
        self.scenario = scenario
        self.start = start
    }

    /// What the input of a scenario's response begins with, and the bytes of its head; nil where it is another head.
    func match(_ input: UnsafeRawBufferPointer, of scenario: Int) -> (start: Start, count: Int)? {
        guard let start, scenario == self.scenario, input.count >= bytes.count, let address = input.baseAddress else {
            return nil
        }
        return memcmp(bytes, address, bytes.count) == 0 ? (start, bytes.count) : nil
    }
}
