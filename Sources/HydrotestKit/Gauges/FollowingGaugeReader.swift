import EventLoop
import Probe

/// Reads a process, and the one that takes its place after a planned restart.
final class FollowingGaugeReader: GaugeReader {
    let probe: String
    let gauges: [GaugeDescription]
    private let current: Locked<ProcessGaugeReader>
    private let successor: @Sendable () -> ProcessGaugeReader?

    /// A reader of a process.
    ///
    /// - Parameter successor: finds the process that has taken its place; nil where there is none yet.
    init(_ reader: ProcessGaugeReader, successor: @escaping @Sendable () -> ProcessGaugeReader?) {
        probe = reader.probe
        gauges = reader.gauges
        current = Locked(reader)
        self.successor = successor
    }

    func read() -> [GaugeReading] {
        let readings = current.withLock { $0 }.read()
        guard readings.allSatisfy({ $0 == .gap(GapName.processGone) }), let next = successor() else { return readings }
        current.withLock { $0 = next }
        return next.read()
    }
}
