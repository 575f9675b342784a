import CLinux
import Glibc

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
