import Probe
import RunProfile
import Vocabulary

/// A reader whose readings a test has made up.
final class MadeReader: GaugeReader, @unchecked Sendable {
    let probe = "made"
    let gauges = [GaugeDescription(name: "clients", unit: .count)]
    private var readings: [Double?]

    /// Readings one after the other, of which the last one stays; nil for a gap.
    init(_ readings: [Double?]) { self.readings = readings }

    /// Goes on to the next one.
    func advance() { if readings.count > 1 { readings.removeFirst() } }

    func read() -> [GaugeReading] { [readings[0].map { .value($0) } ?? .gap("GONE")] }
}
