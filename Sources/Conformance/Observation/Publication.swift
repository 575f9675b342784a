import Vocabulary

/// A publish that was asked of the server while a stream was read.
public struct Publication: Equatable, Sendable {
    /// When it was sent, in ns of the monotonic clock.
    public var sent: Nanoseconds
    /// The answer's status; nil where none came.
    public var status: Int?
    /// Why no answer came; nil where one did.
    public var failure: String?

    /// A publish from its parts.
    public init(sent: Nanoseconds, status: Int?, failure: String? = nil) {
        self.sent = sent
        self.status = status
        self.failure = failure
    }

    /// Whether the server says that it did it.
    public var isDone: Bool { status.map { (200..<300).contains($0) } ?? false }
}
