/// What the hot path needs of a ``WatchedPublisher``, as a plain value.
struct PublisherWatch {
    /// What it has sent.
    let messages: MessageView
    /// What its messages are judged by.
    let rule: DeliveryRule
    /// Words of each stream's window.
    let words: Int
    /// Where these begin among the words of a stream.
    let offset: Int
}
