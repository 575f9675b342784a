import Vocabulary

extension Faults {
    static let lostOnResume = FaultExplanation("A resumed stream lacks the first event that its client missed.")

    /// What is replayed of the events that a client has missed.
    func replayed(_ missed: [EventBytes]) -> [EventBytes] {
        contains(.lostOnResume) ? Array(missed.dropFirst()) : missed
    }
}
