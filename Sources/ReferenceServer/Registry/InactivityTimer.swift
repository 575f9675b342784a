/// A timer that has been started; may be called from any thread.
public protocol InactivityTimer: AnyObject, Sendable {
    /// Counts the timer's duration from now on; nothing where it has fired or was cancelled.
    func restart()

    /// Keeps the timer from firing.
    func cancel()
}
