import Synchronization

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
