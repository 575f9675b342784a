import EventLoop
import Glibc

/// The name of the reason why there is no figure.
struct Gap: Error, Equatable {
    let name: String

    /// A gap of a name.
    init(_ name: String) { self.name = name }

    /// The gap that an error in reading `/proc/PID` leaves: there, what is not found belongs to a process that is gone.
    init(_ error: SystemError) {
        name = error.number == ENOENT || error.number == ESRCH ? GapName.processGone : error.name
    }
}
