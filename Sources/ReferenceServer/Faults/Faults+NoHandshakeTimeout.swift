import Vocabulary

extension Faults {
    static let noHandshakeTimeout = FaultExplanation(
        "A client that has connected may take as long as it likes over its handshake and its request."
    )

    /// Whether a client that has connected has only a time until its request is complete.
    var limitsFirstRequest: Bool { !contains(.noHandshakeTimeout) }
}
