/// A publisher whose messages the workers watch for.
struct WatchedPublisher: Sendable {
    /// Its name.
    let name: String
    /// What it has sent.
    let table: MessageTable
    /// What its messages are judged by.
    let rule: DeliveryRule
    /// Words of each stream's window.
    let words: Int
    /// Whether each scenario's streams are to get its messages.
    let scenarios: [Bool]
}
