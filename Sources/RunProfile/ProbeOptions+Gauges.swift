import Vocabulary

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
