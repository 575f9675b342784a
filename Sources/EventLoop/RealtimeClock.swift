import CLinux

/// The machine's wall clock, which may be set.
public enum RealtimeClock {
    /// The current moment, in ns since 1970.
    @inlinable public static func now() -> UInt64 { hydrotest_realtime_ns() }
}
