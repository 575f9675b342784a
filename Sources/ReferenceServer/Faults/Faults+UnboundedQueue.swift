import Vocabulary

extension Faults {
    static let unboundedQueue = FaultExplanation(
        "The queue of a client that does not read has no limit: queuedBytes and memory grow with every event."
    )

    /// Bytes that may wait in a connection's queue.
    var queuedBytesLimit: Int { contains(.unboundedQueue) ? .max : ReferenceServerLimits.queuedBytes }
}
