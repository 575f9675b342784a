import CLinux
import Glibc
import Synchronization

/// A thread of the operating system, for work that owns its loop from start to end.
public final class OperatingSystemThread: @unchecked Sendable {
    private var handle = pthread_t()

    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - name: what tools such as `top -H` show; cut to 15 bytes.
    ///   - run: the thread's work.
    /// - Throws: `EAGAIN` where the system has no thread left.
    public init(name: String, run: @escaping @Sendable () -> Void) throws(SystemError) {
        let body = Unmanaged.passRetained(Body(name: name, run: run))
        let status = pthread_create(
            &handle,
            nil,
            { argument in
                let body = Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue()
                hydrotest_name_thread(body.name)
                hydrotest_tighten_timer_slack()
                body.run()
                return nil
            },
            body.toOpaque()
        )
        guard status == 0 else {
            body.release()
            throw SystemError(status)
        }
    }

    /// Waits for the thread's end; to be called exactly once.
    public func join() {
        pthread_join(handle, nil)
    }
}

/// A value that one thread at a time may use: the standard library's `Mutex`, so that the thread sanitizer sees it.
///
/// `Mutex` gives itself up in the library, which carries no instrumentation: the sanitizer would take every use of a value
/// behind one for a race. An atomic beside it tells the order, at the cost of a load and a store.
public struct Locked<Value: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline let mutex: Mutex<Value>
    @usableFromInline let order = Atomic<UInt8>(0)

    /// A value behind a lock of its own.
    @inlinable
    public init(_ value: consuming sending Value) { mutex = Mutex(value) }

    /// Waits for the lock, and holds it while the value is used.
    ///
    /// - Throws: what the use of the value throws.
    @inlinable
    public borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ use: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try mutex.withLock { value throws(Failure) in
            _ = order.load(ordering: .acquiring)
            defer { order.store(0, ordering: .releasing) }
            return try use(&value)
        }
    }
}
