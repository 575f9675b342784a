import CLinux

/// The machine's monotonic clock.
public enum MonotonicClock {
    /// The current moment, in ns since an arbitrary start; never goes back.
    @inlinable public static func now() -> UInt64 { hydrotest_monotonic_ns() }

    /// The moment of this clock that a recent moment of the realtime clock was.
    ///
    /// - Parameters:
    ///   - realtime: the recent moment, in ns since 1970.
    ///   - now: the current moment of this clock, and ...
    ///   - realtimeNow: ... the same moment of the realtime clock, in ns since 1970.
    @inlinable
    public static func moment(ofRealtime realtime: UInt64, now: UInt64, realtimeNow: UInt64) -> UInt64 {
        // A moment may lie after `now`: bytes go on arriving while a turn lasts.
        now &- (realtimeNow &- realtime)
    }
}

/// The machine's wall clock, which may be set.
public enum RealtimeClock {
    /// The current moment, in ns since 1970.
    @inlinable public static func now() -> UInt64 { hydrotest_realtime_ns() }
}
