/// Reads the gauges of one probe.
///
/// A reader is used by one thread at a time: the one that its ``Sampler`` runs for it.
public protocol GaugeReader: AnyObject, Sendable {
    /// The probe's name.
    var probe: String { get }
    /// The gauges, in the order of the readings; may be asked for from any thread.
    var gauges: [GaugeDescription] { get }
    /// Takes one reading of every gauge; blocks, but not for longer than the reader's own time limit.
    func read() -> [GaugeReading]
    /// The processes whose readings the last one was the sum of; nil where it is not one of several.
    var instances: Int? { get }
}

extension GaugeReader {
    /// One process, as far as is known.
    public var instances: Int? { nil }
}
