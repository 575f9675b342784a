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

extension ProbeOptions {
    /// A gauge among metrics.
    public struct MetricGauge: Equatable, Sendable {
        /// The gauge's name.
        public var name: String
        /// The series that it is the sum of.
        public var selector: MetricSelector
        /// What it counts.
        public var unit: GaugeUnit

        /// A gauge from its parts.
        public init(name: String, selector: MetricSelector, unit: GaugeUnit = .count) {
            self.name = name
            self.selector = selector
            self.unit = unit
        }
    }

    /// A gauge among the variables of a program.
    public struct PropertyGauge: Equatable, Sendable {
        /// The gauge's name.
        public var name: String
        /// What is counted.
        public var path: PropertyPath
        /// What it counts.
        public var unit: GaugeUnit

        /// A gauge from its parts.
        public init(name: String, path: PropertyPath, unit: GaugeUnit = .count) {
            self.name = name
            self.path = path
            self.unit = unit
        }
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
        /// Resident memory that it shares with no other process, in bytes.
        case privateMemory = "private"
        /// Descriptors of sockets of any kind.
        case socketDescriptors = "fds.socket"
        /// Descriptors of pipes.
        case pipeDescriptors = "fds.pipe"
        /// Descriptors of files, folders and devices.
        case fileDescriptors = "fds.file"
        /// Descriptors of epoll(7).
        case eventPollDescriptors = "fds.eventpoll"
        /// Descriptors of any other kind: eventfd, timerfd, inotify.
        case otherDescriptors = "fds.other"
        /// Its TCP sockets that stand though the other end, on the same machine, is gone.
        case orphanedSockets = "sockets.orphaned"
        /// Bytes that have arrived on its TCP sockets and were not read.
        case receiveQueue = "sockets.receiveQueue"
        /// Bytes written to its TCP sockets that the other end has not acknowledged.
        case sendQueue = "sockets.sendQueue"

        /// What is read where a profile does not choose: the gauges that cost little however big the server is.
        public static let usual: [ProcessGauge] = [.fds, .sockets, .rss, .threads]

        /// Whether it is read from the kernel's socket tables, and not from the process itself.
        public var isOfSockets: Bool {
            switch self {
            case .sockets, .orphanedSockets, .receiveQueue, .sendQueue: true
            default: false
            }
        }
    }
}

extension ProbeOptions {
    /// How the processes behind one probe are told apart, so that what each holds can be added up.
    public enum Instances: Equatable, Sendable {
        /// Each has an address of its own: those besides the source's.
        case addresses([Address])
        /// The kernel tells which of some processes answers.
        case processes(Processes, children: Bool)
    }

    /// The processes among which the one that answers is looked for.
    public enum Processes: Equatable, Sendable {
        /// Those that listen on the port that the probe itself asks.
        case ownPort
        /// Those that listen on a port.
        case port(UInt16)
        /// A process by its number.
        case pid(Int32)
    }
}

extension ProbeOptions {
    /// Replaces the path of a probe's command; a program that is looked for in `PATH` has none.
    public mutating func resolveCommand(_ resolve: (String) -> String) {
        guard case .command(var words, let gauges) = source, let program = words.first, program.contains("/") else {
            return
        }
        words[0] = resolve(program)
        source = .command(words, gauges: gauges)
    }
}

extension ProbeOptions {
    /// The probes of the bundled server where a profile that aims at it says nothing of probes.
    public static let ofReference = [
        ProbeOptions(
            name: "state",
            source: .http(
                .reference(path: "/debug/state"),
                gauges: ["clients", "timers", "subscriptions", "sockets", "slots", "topics", "producers"].map {
                    HTTPGauge(name: $0, pointer: "/\($0)")
                } + [HTTPGauge(name: "queuedBytes", pointer: "/queuedBytes", unit: .bytes)]
            )
        ),
        ProbeOptions(name: "process", source: .process(.reference, gauges: [.fds, .sockets, .rss, .threads])),
    ]
}
