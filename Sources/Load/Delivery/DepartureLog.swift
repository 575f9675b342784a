import Record
import Vocabulary

/// The streams that their clients have closed lately, to tell whether deliveries stopped with one of them.
struct DepartureLog {
    /// A stream that was closed.
    struct Entry: Equatable {
        /// Its scenario's position.
        var scenario: Int
        /// Its position in its scenario.
        var stream: UInt32
        /// When it was closed, in ns of the monotonic clock.
        var moment: Nanoseconds
    }

    /// The most that are kept.
    static let capacity = 64

    private(set) var entries: [Entry] = []
    /// Those that were forgotten, all of which left before the last delivery.
    private(set) var forgotten: UInt64 = 0

    /// A log whose memory is there, so that noting allocates none.
    init() { entries.reserveCapacity(Self.capacity) }

    /// Notes a departure; once there is no place but for one after the last delivery, it is left out.
    ///
    /// - Parameter lastDelivery: when a message last came to any stream, in ns of the monotonic clock.
    mutating func note(_ entry: Entry, lastDelivery: Nanoseconds) {
        guard entries.count == Self.capacity else { return entries.append(entry) }
        guard let oldest = entries.indices.min(by: { entries[$0].moment < entries[$1].moment }),
            entries[oldest].moment + DeliveryStop.tolerance < lastDelivery
        else { return }
        entries[oldest] = entry
        forgotten += 1
    }
}
