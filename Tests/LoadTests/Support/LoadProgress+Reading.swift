import Load
import Synchronization

extension LoadProgress {
    /// Streams open at this moment.
    var streamCount: Int { open.load(ordering: .relaxed) }
    /// Connections started.
    var attemptCount: Int { attempted.load(ordering: .relaxed) }
    /// Events received.
    var eventCount: Int { events.load(ordering: .relaxed) }
}
