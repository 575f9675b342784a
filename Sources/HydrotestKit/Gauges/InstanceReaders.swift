import EventLoop
import Probe
import RunProfile
import Transport
import Vocabulary

/// Sets up a probe over HTTP: one reader, or those of all the instances behind it.
struct InstanceReaders {
    private let options: ProbeOptions
    private let builder: EndpointBuilder
    private let timeout: Nanoseconds

    /// What sets up a probe whose source is one over HTTP.
    ///
    /// - Parameter timeout: ns for one reading, of all instances together.
    init(_ options: ProbeOptions, _ builder: EndpointBuilder, timeout: Nanoseconds) {
        self.options = options
        self.builder = builder
        self.timeout = timeout
    }

    /// The reader of the whole sum.
    ///
    /// - Throws: ``RunError``, ``ProcessProbeError`` or ``HTTPGaugeReader/InvalidPointer``.
    func reader() throws -> any GaugeReader {
        // A reading ends in time also where its last connection, begun just before, takes all it may.
        let half = timeout / 2
        if let instance = options.instance {
            return InstanceGaugeReader(try reader(at: address, instance: instance, timeout: half), timeout: half)
        }
        switch options.instances {
        case nil: return try reader(at: address, timeout: timeout)
        case .addresses(let further):
            let all = [address] + further
            // They are asked one after the other, within the time of one reading.
            let share = timeout / Nanoseconds(all.count)
            return SummedGaugeReader(try all.map { try reader(at: $0, timeout: share) })
        case .processes(let selection, let children):
            let processes: InstanceProcesses
            switch selection {
            case .pid(let pid): processes = try InstanceProcesses(pid: pid, children: children)
            case .port(let port): processes = try InstanceProcesses(port: port, children: children)
            case .ownPort: processes = try InstanceProcesses(port: builder.url(address).port, children: children)
            }
            return InstanceGaugeReader(try reader(at: address, timeout: half), among: processes, timeout: half)
        }
    }

    private var address: ProbeOptions.Address {
        switch options.source {
        case .http(let address, _), .prometheus(let address, _): return address
        default: preconditionFailure("only a probe over HTTP has an address")
        }
    }

    private func reader(
        at address: ProbeOptions.Address,
        instance: String? = nil,
        timeout: Nanoseconds
    ) throws -> any IdentifyingGaugeReader {
        let url = builder.url(address)
        let client = HTTPClient(tls: url.tls ? try builder.tlsContext(url) : nil)
        switch options.source {
        case .http(_, let gauges):
            return try HTTPGaugeReader(
                probe: options.name,
                url: url,
                gauges: gauges,
                instance: instance,
                client: client,
                timeout: timeout
            )
        case .prometheus(_, let gauges):
            return PrometheusGaugeReader(
                probe: options.name,
                url: url,
                gauges: gauges,
                instance: instance,
                client: client,
                timeout: timeout
            )
        default: preconditionFailure("only a probe over HTTP has an address")
        }
    }
}

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
