import Vocabulary

/// One reader of the server's state.
public struct ProbeOptions: Equatable, Sendable {
    /// Where a document is read: `reference/debug/state`, or the address of a server that runs already.
    public typealias Address = Target.Address

    /// What is read.
    public enum Source: Equatable, Sendable {
        /// A JSON document over HTTP; each gauge's name with its JSON Pointer (RFC 6901), in the order written.
        case http(Address, gauges: [HTTPGauge])
        /// A process of this machine.
        case process(ProcessSelector, gauges: [ProcessGauge])
    }

    /// A gauge in a JSON document.
    public struct HTTPGauge: Equatable, Sendable {
        /// The gauge's name.
        public var name: String
        /// Where its number stands (RFC 6901).
        public var pointer: String
        /// What it counts.
        public var unit: GaugeUnit

        /// A gauge from its parts.
        public init(name: String, pointer: String, unit: GaugeUnit = .count) {
            self.name = name
            self.pointer = pointer
            self.unit = unit
        }
    }

    /// How a process is found.
    public enum ProcessSelector: Equatable, Sendable {
        /// By its number.
        case pid(Int32)
        /// By the TCP port it listens on.
        case port(UInt16)
        /// The bundled server, started for the run.
        case reference
    }

    /// What can be read of a process.
    public enum ProcessGauge: String, CaseIterable, Sendable {
        /// Open descriptors.
        case fds
        /// Its TCP sockets in any state but LISTEN and TIME_WAIT, with a series for each state.
        case sockets
        /// Resident memory, in bytes.
        case rss
        /// Threads.
        case threads
    }

    /// The probe's name, unique in the profile.
    public var name: String
    /// What is read.
    public var source: Source
    /// The sampling period.
    public var every: Nanoseconds = 250 * .perMillisecond

    /// A probe with the default period.
    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}
