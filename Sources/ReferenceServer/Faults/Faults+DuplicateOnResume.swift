import Vocabulary

extension Faults {
    static let duplicateOnResume = FaultExplanation("A resumed stream repeats the last event that its client has seen.")

    /// Whether an event is newer than the last one that a client has seen.
    func isMissed(_ number: UInt64, after last: UInt64) -> Bool {
        number > last || (contains(.duplicateOnResume) && number == last)
    }
}
