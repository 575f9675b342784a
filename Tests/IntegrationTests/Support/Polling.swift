import EventLoop
import Glibc
import Vocabulary

/// Waiting for what another process does.
enum Polling {
    /// Looks again and again until something is there, within a bound.
    ///
    /// - Parameters:
    ///   - what: what is waited for, for the error.
    ///   - timeout: the bound, in ns.
    ///   - look: gives what is waited for; nil while it is not there.
    /// - Throws: ``SupportError`` when the time is up, or what `look` throws.
    static func wait<Value>(
        for what: @autoclosure () -> String,
        timeout: Nanoseconds = 20 * .perSecond,
        _ look: () throws -> Value?
    ) throws -> Value {
        let end = MonotonicClock.now() + timeout
        while true {
            if let value = try look() { return value }
            guard MonotonicClock.now() < end else {
                throw SupportError("waited \(DurationText.format(timeout)) in vain for \(what())")
            }
            usleep(10_000)
        }
    }
}
