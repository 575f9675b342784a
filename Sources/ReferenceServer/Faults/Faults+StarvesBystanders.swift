import Vocabulary

extension Faults {
    static let starvesBystanders = FaultExplanation(
        "Each open stream takes a worker of the pool of \(requestWorkers) that ordinary requests need too: while all are taken, "
            + "these wait."
    )

    /// Streams that may be open before ordinary requests wait.
    static let requestWorkers = 8
    /// How often a request that waits looks for a free worker, in ns.
    static let workerLook: Nanoseconds = 20 * .perMillisecond

    /// Whether an ordinary request must wait.
    ///
    /// What looks at the server's state has a worker of its own.
    func mustWait(_ endpoint: Endpoint?, streams: Int) -> Bool {
        guard contains(.starvesBystanders), streams >= Self.requestWorkers else { return false }
        return switch endpoint {
        case .health, .subscribe, .unsubscribe: true
        case .events, .broadcast, .completions, .state, .metrics, nil: false
        }
    }
}

extension HandlerThread {
    /// Handles a request again once a worker may be free.
    func handleLater(_ request: ServerRequest, on timers: HandlerTimers) {
        timers.run(after: Faults.workerLook) { [weak self] in self?.handle(request) }
    }
}
