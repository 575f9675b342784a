import Vocabulary

/// What a load's workers watch for: the messages of its publishers.
struct PublishedMessages: Sendable {
    /// Finds the run's stamps; nil where nothing is published.
    var reader: MessageStampReader?
    /// The publishers, in the order of their stamps.
    var publishers: [WatchedPublisher] = []
}
