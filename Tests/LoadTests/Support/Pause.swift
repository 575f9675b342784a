import Glibc

/// Lets time pass where the passing of time is what is tested.
enum Pause {
    static func milliseconds(_ count: UInt32) { usleep(count * 1_000) }
}
