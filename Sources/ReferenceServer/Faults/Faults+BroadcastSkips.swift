import Vocabulary

extension Faults {
    static let broadcastSkips = FaultExplanation(
        "A broadcast goes to those who were there when it began: a client that is registered during its pause misses it."
    )

    /// Lets time pass between the choice of a broadcast's recipients and its writes.
    func holdBroadcast(_ pause: RegistrationPause, _ send: @escaping @Sendable () -> Void) {
        if contains(.broadcastSkips) { pause(send) } else { send() }
    }
}
