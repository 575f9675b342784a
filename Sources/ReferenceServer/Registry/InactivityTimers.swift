import Vocabulary

/// Starts timers, as `setTimeout` does in Node.
public protocol InactivityTimers: AnyObject, Sendable {
    /// Starts a timer.
    ///
    /// - Parameters:
    ///   - duration: how long after its start, or its last restart, it fires, in ns.
    ///   - fire: called once, unless the timer is cancelled before.
    func start(after duration: Nanoseconds, _ fire: @escaping @Sendable () -> Void) -> any InactivityTimer
}
