import Vocabulary

extension Faults {
    static let cutAtAge = FaultExplanation(
        "Every stream is cut, without an end, once it is a minute old, or as old as --fault-after says, whatever it carries."
    )

    /// Whether a stream that is too old is cut, and not ended.
    var cutsOldStreams: Bool { contains(.cutAtAge) }

    /// When a stream's life is over that began at a moment, in ns of the monotonic clock; nil where it may live on.
    func lifeEnd(since start: Nanoseconds) -> Nanoseconds? {
        contains(.cutAtAge) || contains(.recycles) ? start.addingSaturated(delay) : nil
    }
}
