import Vocabulary

/// One reader of the server's state.
public struct ProbeOptions: Equatable, Sendable {
    /// Where a document is read: `reference/debug/state`, or the address of a server that runs already.
    public typealias Address = Target.Address

    /// What is read.
    public enum Source: Equatable, Sendable {
        /// A JSON document over HTTP; each gauge's name with its JSON Pointer (RFC 6901), in the order written.
        case http(Address, gauges: [HTTPGauge])
        /// Metrics over HTTP, in the text format of Prometheus or OpenMetrics.
        case prometheus(Address, gauges: [MetricGauge])
        /// A process of this machine, alone or with all that descend from it.
        case process(ProcessSelector, gauges: [ProcessGauge], children: Bool = false)
        /// A command that prints a JSON document: the program and its arguments.
        case command([String], gauges: [HTTPGauge])
        /// The variables of a Node server, over its inspector: where that listens, without a path.
        case inspector(TargetURL, gauges: [PropertyGauge])
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

    /// The probe's name, unique in the profile.
    public var name: String
    /// What is read.
    public var source: Source
    /// How several processes whose answers do not name them are told apart; nil where one is read.
    public var instances: Instances?
    /// The sampling period, in ns.
    public var every: Nanoseconds = 250 * .perMillisecond
    /// How long one reading may take, in ns; nil for what follows from the period.
    public var timeout: Nanoseconds?
    /// What tells apart the processes that answer by turns: a JSON Pointer into the answer (RFC 6901), or the metrics'
    /// label; nil for one process, or for what ``instances`` says.
    public var instance: String?
    /// The gauges of which the profile itself says that they count what is held: `unit: count`.
    public var heldGauges: Set<String> = []

    /// A probe with the default period.
    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }

    /// Whether a process of this machine is read.
    public var isOfProcess: Bool {
        if case .process = source { true } else { false }
    }

    /// The series names of the gauges that tell of a process and not of what the application holds.
    public var gaugesOfProcess: [String] {
        switch source {
        case .process(_, let gauges, _): gauges.map { "\(name).\($0.rawValue)" }
        case .prometheus(_, let gauges):
            gauges.filter { $0.selector.name.hasPrefix("process_") }.map { "\(name).\($0.name)" }
        default: []
        }
    }

    /// The series names of ``heldGauges``.
    public var declaredCounts: [String] { heldGauges.map { "\(name).\($0)" } }
}
