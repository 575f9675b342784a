import Vocabulary

extension Faults {
    static let sharedQueue = FaultExplanation(
        "All subscribers take from one queue: a published event goes to one of them, in turn."
    )

    /// The subscriber whose turn it is; nil where an event goes to all of them.
    ///
    /// - Parameter last: the one that had the last event.
    func turn(among subscribers: [ClientID], after last: ClientID?) -> ClientID? {
        guard contains(.sharedQueue) else { return nil }
        func comesBefore(_ left: ClientID, _ right: ClientID) -> Bool { left.value < right.value }
        let later = last.flatMap { last in subscribers.filter { comesBefore(last, $0) }.min(by: comesBefore) }
        return later ?? subscribers.min(by: comesBefore)
    }
}
