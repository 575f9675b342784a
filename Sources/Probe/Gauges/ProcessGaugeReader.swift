import EventLoop
import Glibc
import Vocabulary
import Record
import RunProfile

/// Reads what the system knows of a process: descriptors, threads, memory and TCP sockets.
///
/// Several processes that share a listening port are read as one: each figure is their sum, and once one of them is
/// gone the sums are gaps, since they could no longer be compared with those before. A process stays the one that it
/// was: another that gets its number later is not mistaken for it.
public final class ProcessGaugeReader: GaugeReader, @unchecked Sendable {
    /// The probe's name.
    public let probe: String
    /// The gauges, in the order of the readings.
    public let gauges: [GaugeDescription]

    private let directories: [ProcessDirectory]
    private let chosen: [ProbeOptions.ProcessGauge]
    private let sockets: ServerSockets?

    /// Watches a process by its number; its sockets are those on any port that it listens on.
    ///
    /// - Throws: ``ProcessProbeError`` where there is no such process.
    public convenience init(
        probe: String,
        pid: Int32,
        gauges: [ProbeOptions.ProcessGauge]
    ) throws(ProcessProbeError) {
        let directory: ProcessDirectory
        do {
            directory = try ProcessDirectory(pid: pid)
        } catch {
            guard error.number != ENOENT else { throw .noProcess(pid: pid) }
            throw .system(name: error.name, attempt: "cannot read /proc/\(pid)")
        }
        let sockets: ServerSockets?
        do {
            sockets =
                gauges.contains(.sockets) ? ServerSockets(of: directory, in: try SocketTables.seen(by: directory)) : nil
        } catch {
            throw .system(name: error.name, attempt: "cannot read the socket tables")
        }
        self.init(probe: probe, directories: [directory], gauges: gauges, sockets: sockets)
    }

    /// Watches all processes that hold the listening socket of a TCP port; their sockets are those on this port.
    ///
    /// - Throws: ``ProcessProbeError`` where none is found, or it may not be seen.
    public convenience init(
        probe: String,
        port: UInt16,
        gauges: [ProbeOptions.ProcessGauge]
    ) throws(ProcessProbeError) {
        let table: any SocketTable
        do {
            table = try SocketTables.own()
        } catch {
            throw .system(name: error.name, attempt: "cannot read the socket tables")
        }
        let directories = try ProcessFinder.listeners(on: port, in: table)
        let sockets = gauges.contains(.sockets) ? ServerSockets(onPort: port, in: table) : nil
        self.init(probe: probe, directories: directories, gauges: gauges, sockets: sockets)
    }

    private init(
        probe: String,
        directories: [ProcessDirectory],
        gauges chosen: [ProbeOptions.ProcessGauge],
        sockets: ServerSockets?
    ) {
        self.probe = probe
        self.directories = directories
        self.chosen = chosen
        self.sockets = sockets
        gauges = chosen.flatMap { gauge -> [GaugeDescription] in
            switch gauge {
            case .rss: [GaugeDescription(name: gauge.rawValue, unit: .bytes)]
            case .fds, .threads: [GaugeDescription(name: gauge.rawValue, unit: .count)]
            case .sockets:
                [GaugeDescription(name: gauge.rawValue, unit: .count)]
                    + TCPState.serverStates.map {
                        GaugeDescription(name: "\(gauge.rawValue).\($0.name)", unit: .count, isDetail: true)
                    }
            }
        }
    }

    /// The numbers of the processes that are watched.
    public var processNumbers: [Int32] { directories.map(\.pid) }

    /// Reads every gauge; a gauge that cannot be read is a gap of its own, and all are gaps once the process is gone.
    public func read() -> [GaugeReading] {
        do throws(SystemError) {
            var statuses: [ProcessStatus] = []
            for directory in directories { statuses.append(try directory.status()) }
            guard !statuses.contains(where: \.hasEnded) else { return gaps(GapName.processGone) }
            return chosen.flatMap { readings(of: $0, statuses) }
        } catch {
            return gaps(Gap(error).name)
        }
    }

    private func gaps(_ name: String) -> [GaugeReading] { gauges.map { _ in .gap(name) } }

    private func readings(of gauge: ProbeOptions.ProcessGauge, _ statuses: [ProcessStatus]) -> [GaugeReading] {
        switch gauge {
        case .threads: [Self.sum(statuses.map(\.threads))]
        case .rss: [Self.sum(statuses.map(\.residentBytes))]
        case .fds: [descriptors()]
        case .sockets: socketReadings()
        }
    }

    private static func sum(_ figures: [UInt64?]) -> GaugeReading {
        var total = 0.0
        for figure in figures {
            guard let figure else { return .gap(GapName.notAvailable) }
            total += Double(figure)
        }
        return .value(total)
    }

    private func descriptors() -> GaugeReading {
        do throws(SystemError) {
            var total = 0
            for directory in directories {
                total += try directory.descriptorCount() - (directory.isOwn ? ownDescriptors : 0)
            }
            return .value(Double(total))
        } catch {
            return .gap(Gap(error).name)
        }
    }

    /// What this reader itself keeps open, which must not count where it watches its own process.
    private var ownDescriptors: Int { directories.count + (sockets?.openDescriptors ?? 0) }

    private func socketReadings() -> [GaugeReading] {
        guard let sockets else { return [] }
        let states = TCPState.serverStates
        do throws(Gap) {
            let counts = try sockets.counts()
            return [.value(Double(counts.total))] + states.map { .value(Double(counts[$0])) }
        } catch {
            return Array(repeating: .gap(error.name), count: states.count + 1)
        }
    }
}
