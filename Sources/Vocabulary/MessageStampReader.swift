import Glibc

/// Finds the stamps of one run in the data of events; allocates nothing.
public struct MessageStampReader: Sendable {
    /// What every stamp begins with, above the run's three digits.
    static let magic: UInt64 = 42_000
    /// What the digits of publisher and sequence range over.
    static let perRun = UInt64(MessageStamp.publishers) * UInt64(MessageStamp.sequences)
    private static let firstDigit: Int32 = 0x34

    private let prefix: UInt64

    /// A reader of the stamps of a run, by its digits.
    public init(run: UInt64) { prefix = Self.magic + run % MessageStamp.runs }

    /// The first stamp in an event's data; nil where there is none.
    ///
    /// A stamp is a run of exactly ``MessageStamp/digits`` digits. Whether its sequence was ever sent, the caller checks.
    public func find(in data: UnsafeRawBufferPointer) -> MessageStamp? {
        guard let base = data.baseAddress else { return nil }
        var offset = 0
        while data.count - offset >= MessageStamp.digits {
            let room = data.count - offset - MessageStamp.digits + 1
            guard let found = memchr(base + offset, Self.firstDigit, room) else { return nil }
            let start = UnsafeRawPointer(found) - base
            if start == 0 || !Self.isDigit(data[start - 1]), let stamp = stamp(at: start, in: data) { return stamp }
            offset = start + 1
        }
        return nil
    }

    private func stamp(at start: Int, in data: UnsafeRawBufferPointer) -> MessageStamp? {
        let end = start + MessageStamp.digits
        if end < data.count, Self.isDigit(data[end]) { return nil }
        var number: UInt64 = 0
        for index in start..<end {
            guard Self.isDigit(data[index]) else { return nil }
            number = number * 10 + UInt64(data[index] - 0x30)
        }
        guard number / Self.perRun == prefix else { return nil }
        let rest = number % Self.perRun
        return MessageStamp(
            publisher: Int(rest / UInt64(MessageStamp.sequences)),
            sequence: UInt32(rest % UInt64(MessageStamp.sequences))
        )
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
