import CLinux

/// What a descriptor is ready for (epoll_ctl(2)).
public struct Readiness: OptionSet, Sendable {
    /// The epoll event bits.
    public let rawValue: UInt32

    /// Readiness from epoll event bits.
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Bytes, a connection or the end can be read.
    public static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    /// Bytes can be written, or a connection attempt has ended.
    public static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The peer has closed, at least its write side.
    public static let peerClosed = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// Both sides are closed; always reported.
    public static let hungUp = Readiness(rawValue: EPOLLHUP.rawValue)
    /// The socket holds an error; always reported.
    public static let failed = Readiness(rawValue: EPOLLERR.rawValue)
    /// Reports changes instead of states: a reader must read until nothing is left.
    public static let edgeTriggered = Readiness(rawValue: EPOLLET.rawValue)
}
