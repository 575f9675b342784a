import CLinux
import Glibc

/// Waits for descriptors and timers on behalf of one thread.
///
/// The owner drives it turn by turn. Only ``wake()`` may be called from another thread.
public final class EventLoop: @unchecked Sendable {
    /// Events taken from the kernel in one turn.
    public static let eventsPerTurn = 512
    private static let wakeToken = UInt64.max

    private let epoll: Int32
    private let wakeDescriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    /// Events taken from the kernel that have not been reported.
    private var unreportedCount = 0
    /// Events that the last wait took from the kernel.
    public private(set) var readyCount = 0
    /// The loop's timers.
    public var timers: TimerWheel
    /// The moment at which the current turn's wait ended, in ns of the monotonic clock.
    public private(set) var turnStarted: UInt64

    /// A loop without descriptors.
    ///
    /// - Throws: `EMFILE` and the like where the kernel gives no descriptor.
    public init() throws(SystemError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw .last }
        wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard wakeDescriptor >= 0 else {
            let error = SystemError.last
            close(epoll)
            throw error
        }
        events = .allocate(capacity: Self.eventsPerTurn)
        turnStarted = MonotonicClock.now()
        timers = TimerWheel(startingAt: turnStarted)
        try add(wakeDescriptor, for: [.readable, .edgeTriggered], token: Self.wakeToken)
    }

    deinit {
        close(wakeDescriptor)
        close(epoll)
        events.deallocate()
        timers.release()
    }

    /// Watches a descriptor.
    ///
    /// - Parameter token: what ``Occurrence/ready(token:_:)`` carries; any value but `UInt64.max`.
    /// - Throws: what epoll_ctl(2) names.
    public func add(_ descriptor: Int32, for readiness: Readiness, token: UInt64) throws(SystemError) {
        guard hydrotest_epoll_control(epoll, EPOLL_CTL_ADD, descriptor, readiness.rawValue, token) == 0 else {
            throw .last
        }
    }

    /// Changes what a watched descriptor is watched for.
    ///
    /// - Throws: what epoll_ctl(2) names.
    public func modify(_ descriptor: Int32, for readiness: Readiness, token: UInt64) throws(SystemError) {
        guard hydrotest_epoll_control(epoll, EPOLL_CTL_MOD, descriptor, readiness.rawValue, token) == 0 else {
            throw .last
        }
    }

    /// Stops watching a descriptor; closing it does the same.
    public func remove(_ descriptor: Int32) {
        _ = hydrotest_epoll_control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Ends the current or the next wait, from any thread.
    public func wake() {
        var one: UInt64 = 1
        // The only failure, a full counter, means that a wake is pending.
        _ = write(wakeDescriptor, &one, 8)
    }

    /// Looks at no descriptor until a moment, or until the next timer is due.
    ///
    /// - Parameter moment: in ns of the monotonic clock; nothing happens where it is past.
    public func rest(until moment: UInt64) {
        hydrotest_sleep_until(min(moment, timers.nextDeadline ?? .max))
    }

    /// Waits for the next descriptor or timer and reports all that are due.
    ///
    /// - Parameter latest: the moment after which the wait ends in any case, in ns of the monotonic clock.
    /// - Throws: what epoll_wait(2) names, but for an interruption.
    public func turn(until latest: UInt64 = .max, _ handle: (Occurrence) -> Void) throws(SystemError) {
        try wait(until: latest)
        report(handle)
    }

    /// Waits for the next descriptor or timer, the first half of a turn.
    ///
    /// - Parameter latest: the moment after which the wait ends in any case, in ns of the monotonic clock.
    /// - Throws: what epoll_wait(2) names, but for an interruption.
    public func wait(until latest: UInt64 = .max) throws(SystemError) {
        let before = MonotonicClock.now()
        let deadline = min(latest, timers.nextDeadline ?? .max)
        let timeout: Int64 = deadline == .max ? -1 : deadline <= before ? 0 : Int64(clamping: deadline - before)
        let count = hydrotest_epoll_wait(epoll, events, Int32(Self.eventsPerTurn), timeout)
        let error: SystemError? = count < 0 ? .last : nil
        readyCount = max(0, Int(count))
        unreportedCount = readyCount
        turnStarted = MonotonicClock.now()
        if let error, error.number != EINTR { throw error }
    }

    /// Reports all that is due, the second half of a turn.
    public func report(_ handle: (Occurrence) -> Void) {
        let now = turnStarted
        for index in 0..<unreportedCount {
            let token = hydrotest_epoll_token(events + index)
            if token == Self.wakeToken {
                drainWake()
                handle(.woken)
            } else {
                handle(.ready(token: token, Readiness(rawValue: events[index].events)))
            }
        }
        unreportedCount = 0
        while let (timer, deadline) = timers.popExpired(at: now) {
            handle(.expired(timer: timer, lateBy: now - deadline))
        }
    }

    /// Makes every wait fail, for tests of what happens then.
    package func breakDown() {
        let other = open("/dev/null", O_RDONLY | O_CLOEXEC)
        // In the descriptor's place, which stays this loop's own.
        dup2(other, epoll)
        close(other)
        wake()
    }

    private func drainWake() {
        var count: UInt64 = 0
        _ = read(wakeDescriptor, &count, 8)
    }
}

/// Something that an event loop tells its owner.
public enum Occurrence: Sendable {
    /// A descriptor is ready.
    case ready(token: UInt64, Readiness)
    /// A timer is due; by how many ns the loop is late.
    case expired(timer: Int, lateBy: UInt64)
    /// Another thread called ``EventLoop/wake()``.
    case woken
}

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
