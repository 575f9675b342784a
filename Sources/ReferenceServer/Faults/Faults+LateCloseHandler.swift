import Vocabulary

extension Faults {
    static let lateCloseHandler = FaultExplanation(
        "The close handler is registered some time after the client was inserted: a close before is noticed only by the "
            + "inactivity timer.",
        leak: FaultLeak("clients", .bounded)
    )

    /// Whether close handlers are registered after the pause.
    var registersCloseHandlerLate: Bool { contains(.lateCloseHandler) }
}
