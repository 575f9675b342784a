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
