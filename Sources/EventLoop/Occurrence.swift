/// Something that an event loop tells its owner.
public enum Occurrence: Sendable {
    /// A descriptor is ready.
    case ready(token: UInt64, Readiness)
    /// A timer is due; by how many ns the loop is late.
    case expired(timer: Int, lateBy: UInt64)
    /// Another thread called ``EventLoop/wake()``.
    case woken
}
