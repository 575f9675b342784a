import CLinux

/// The machine's monotonic clock.
public enum MonotonicClock {
    /// The current moment, in ns since an arbitrary start; never goes back.
    @inlinable public static func now() -> UInt64 { hydrotest_monotonic_ns() }
}
