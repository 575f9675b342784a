import EventLoop
import Record
import Synchronization
import Vocabulary

/// When nothing came to any stream any more; a look at the messages that no hot path takes.
extension MessageTable {
    /// The messages that a departure looks back over for the last one that was delivered.
    private static let lookBack: UInt32 = 64

    /// Deliveries that have stopped for good; moments in ns of the monotonic clock.
    struct Stop: Equatable {
        var begun: Nanoseconds
        var lastDelivery: Nanoseconds
        var firstMissed: Nanoseconds
        var messages: UInt64
        var lost: UInt64
        var departed: UInt64 = 0
        /// The departures that can have caused it, in order.
        var departures: [DepartureLog.Entry] = []

        /// The stop as a load's record tells it.
        ///
        /// - Parameters:
        ///   - start: the load's start, in ns of the monotonic clock.
        ///   - scenarios: the load's scenarios, by name.
        func record(since start: Nanoseconds, scenarios: [String]) -> DeliveryStop {
            func since(_ moment: Nanoseconds) -> Nanoseconds { moment > start ? moment - start : 0 }
            return DeliveryStop(
                begun: since(begun),
                lastDelivery: since(lastDelivery),
                firstMissed: since(firstMissed),
                messages: messages,
                lost: lost,
                departed: departed,
                departures: departures.prefix(DeliveryStop.departuresTold).map {
                    let scenario = scenarios.indices.contains($0.scenario) ? scenarios[$0.scenario] : ""
                    return .init(scenario: scenario, stream: UInt64($0.stream) + 1, at: since($0.moment))
                }
            )
        }
    }

    /// Notes that a client has closed its stream; one that leaves long after the last delivery has stopped nothing.
    func noteDeparture(_ entry: DepartureLog.Entry) {
        guard let lastDelivery else { return }
        departures.withLock { $0.note(entry, lastDelivery: lastDelivery) }
    }

    /// When one of the last messages came to a stream; nil where none of them came to any.
    private var lastDelivery: Nanoseconds? {
        let latest = latest.load(ordering: .acquiring)
        for sequence in (latest - min(latest, Self.lookBack)..<latest).reversed() {
            guard let entry = entry(sequence + 1) else { continue }
            let last = entry.pointee.last.load(ordering: .relaxed)
            if last > 0 { return last }
        }
        return nil
    }

    /// The stop of deliveries, once every stream has been judged; nil where the last message that streams had to get came
    /// to one, and where nothing ever came.
    var stop: Stop? {
        let latest = latest.load(ordering: .acquiring)
        var (begun, lastDelivery) = (Nanoseconds.max, 0 as Nanoseconds)
        forEach { entry in
            begun = min(begun, entry.pointee.sent.load(ordering: .relaxed))
            lastDelivery = max(lastDelivery, entry.pointee.last.load(ordering: .relaxed))
        }
        guard lastDelivery > 0 else { return nil }
        var stop = Stop(begun: begun, lastDelivery: lastDelivery, firstMissed: 0, messages: 0, lost: 0)
        for sequence in (0..<latest).reversed() {
            guard let entry = entry(sequence + 1), entry.pointee.received.load(ordering: .relaxed) == 0 else { break }
            let lost = entry.pointee.lost.load(ordering: .relaxed)
            guard lost > 0 else { continue }
            stop.messages += 1
            stop.lost += UInt64(lost)
            stop.firstMissed = entry.pointee.sent.load(ordering: .relaxed)
        }
        guard stop.messages > 0 else { return nil }
        departures.withLock { log in
            let before = log.entries.filter { $0.moment <= stop.firstMissed }
            stop.departed = log.forgotten + UInt64(before.count)
            stop.departures = before.filter { $0.moment + DeliveryStop.tolerance >= lastDelivery }
                .sorted { $0.moment < $1.moment }
        }
        return stop
    }
}

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
