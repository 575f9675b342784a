import Probe

/// The server under test, as whoever starts the fuzzer has it.
public protocol FuzzTarget: AnyObject {
    /// Where it listens and how it is asked; may change with a restart.
    var server: FuzzServer { get }
    /// What reads its gauges; made anew after a restart.
    func gaugeReaders() -> [any GaugeReader]
    /// How its process has ended; nil while it runs, or where nobody can tell.
    var end: String? { get }
    /// Starts it again after its end, or waits for whoever does; it then answers.
    ///
    /// - Throws: ``FuzzError`` where it does not come back.
    func restart() throws(FuzzError)
}
