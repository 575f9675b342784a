import Glibc

/// The number that a published message carries, by which every stream that gets it knows it again.
///
/// 14 digits: `42`, three of the run, one of the publisher, eight of the message's sequence. Such a number passes unharmed
/// through servers that wrap the body, or read it as JSON and write it anew: it lies below 2^53, and no printer of
/// numbers that keeps 14 digits shortens it. A message of another run has other digits, or a sequence that this run has
/// not reached: the reader checks both.
public struct MessageStamp: Hashable, Sendable {
    /// Digits of a stamp.
    public static let digits = 14
    /// Publishers that can be told apart.
    public static let publishers = 10
    /// Messages of one publisher that can be told apart.
    public static let sequences: UInt32 = 100_000_000
    /// Runs that can be told apart.
    public static let runs: UInt64 = 1_000

    /// The position of its publisher, from 0.
    public let publisher: Int
    /// The message's number, from 1.
    public let sequence: UInt32

    /// A stamp from its parts.
    @inlinable
    public init(publisher: Int, sequence: UInt32) {
        self.publisher = publisher
        self.sequence = sequence
    }

    /// The stamp as a message carries it.
    ///
    /// - Parameter run: the run's own digits, below ``runs``.
    public func number(run: UInt64) -> UInt64 {
        (MessageStampReader.magic + run) * MessageStampReader.perRun
            + UInt64(publisher) * UInt64(Self.sequences) + UInt64(sequence)
    }
}

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

/// The moment at which an event was published, written into the event's own data.
///
/// The moment travels with the event, so that neither a slow event nor another publisher's is mistaken for it.
public enum SendMoment {
    /// What stands in a publish's body for the moment.
    public static let placeholder = "{moment}"
    /// What the digits of a moment follow.
    static let mark: StaticString = "hydrotest-sent-"
    /// The most digits of a moment.
    static let digits = 20

    /// A body with the moment in place of every placeholder; ns of the monotonic clock.
    public static func fill(_ body: String, with moment: Nanoseconds) -> String {
        body.split(separator: placeholder, omittingEmptySubsequences: false).joined(separator: "\(mark)\(moment)")
    }

    /// The first moment in an event's data, in ns of the monotonic clock of whoever wrote it; nil where it holds none.
    ///
    /// Allocates nothing. Any server can write any number: the reader checks that it is possible.
    public static func find(in data: UnsafeRawBufferPointer) -> Nanoseconds? {
        guard let start = endOfMark(in: data) else { return nil }
        var moment: Nanoseconds = 0
        var index = start
        while index < min(data.count, start + digits), (0x30...0x39).contains(data[index]) {
            let (product, isTooLarge) = moment.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = product.addingReportingOverflow(Nanoseconds(data[index] - 0x30))
            guard !isTooLarge, !isLarger else { return nil }
            moment = sum
            index += 1
        }
        return index > start ? moment : nil
    }

    /// The offset behind the first mark; nil where there is none.
    private static func endOfMark(in data: UnsafeRawBufferPointer) -> Int? {
        guard let base = data.baseAddress else { return nil }
        let count = mark.utf8CodeUnitCount
        var offset = 0
        while data.count - offset >= count {
            let rest = data.count - offset - count + 1
            guard let found = memchr(base + offset, Int32(mark.utf8Start.pointee), rest) else { return nil }
            offset = UnsafeRawPointer(found) - base
            if memcmp(found, mark.utf8Start, count) == 0 { return offset + count }
            offset += 1
        }
        return nil
    }
}
