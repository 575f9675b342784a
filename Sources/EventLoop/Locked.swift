import CLinux
import Synchronization

/// A value that one thread at a time may use: the standard library's `Mutex`, of which the thread sanitizer is told.
///
/// `Mutex` waits in the library, which carries no instrumentation, so that the sanitizer would take every use of a value
/// behind one for a race.
public struct Locked<Value: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline let mutex: Mutex<Value>

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
            let address = withUnsafeMutablePointer(to: &value) { UnsafeMutableRawPointer($0) }
            hydrotest_sanitizer_acquired(address)
            defer { hydrotest_sanitizer_released(address) }
            return try use(&value)
        }
    }
}
