import EventLoop
import Glibc
import Vocabulary

/// Looks until a condition holds, ten seconds at most.
///
/// - Returns: whether it did.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = MonotonicClock.now() + 10 * .perSecond
    while MonotonicClock.now() < deadline {
        if try condition() { return true }
        usleep(2_000)
    }
    return false
}
