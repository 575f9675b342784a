import EventLoop
import Glibc
import Record
import RunProfile
import Vocabulary

/// Reads what the system knows of a process: descriptors, threads, memory and TCP sockets.
///
/// Several processes that share a listening port are read as one: each figure is their sum, and once one of them is
/// gone the sums are gaps, since they could no longer be compared with those before. A process stays the one that it
/// was: another that gets its number later is not mistaken for it. Children may come and go; the sums are of those
/// that there are.
public final class ProcessGaugeReader: GaugeReader, @unchecked Sendable {
    /// The probe's name.
    public let probe: String
    /// The gauges, in the order of the readings.
    public let gauges: [GaugeDescription]

    private let directories: [ProcessDirectory]
    private let chosen: [ProbeOptions.ProcessGauge]
    private let sockets: ServerSockets?
    private let includesChildren: Bool

    /// Watches a process by its number; its sockets are those on any port that it listens on.
    ///
    /// - Parameter children: whether all that descends from the process counts as well.
    /// - Throws: ``ProcessProbeError`` where there is no such process.
    public convenience init(
        probe: String,
        pid: Int32,
        gauges: [ProbeOptions.ProcessGauge],
        children: Bool = false
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
                gauges.contains(where: \.isOfSockets)
                ? ServerSockets(of: directory, in: try SocketTables.seen(by: directory)) : nil
        } catch {
            throw .system(name: error.name, attempt: "cannot read the socket tables")
        }
        self.init(probe: probe, directories: [directory], gauges: gauges, sockets: sockets, children: children)
    }

    /// Watches all processes that hold the listening socket of a TCP port; their sockets are those on this port.
    ///
    /// Where only sockets are read, the processes may be such that must not be seen.
    ///
    /// - Parameter children: whether all that descends from the processes counts as well.
    /// - Throws: ``ProcessProbeError`` where none is found, or it may not be seen.
    public convenience init(
        probe: String,
        port: UInt16,
        gauges: [ProbeOptions.ProcessGauge],
        children: Bool = false
    ) throws(ProcessProbeError) {
        let table: any SocketTable
        do {
            table = try SocketTables.own()
        } catch {
            throw .system(name: error.name, attempt: "cannot read the socket tables")
        }
        let directories: [ProcessDirectory]
        do {
            directories = try ProcessFinder.listeners(on: port, in: table)
        } catch .permission(let port) {
            guard gauges.allSatisfy(\.isOfSockets) else { throw .permission(port: port) }
            directories = []
        }
        let sockets = gauges.contains(where: \.isOfSockets) ? ServerSockets(onPort: port, in: table) : nil
        self.init(probe: probe, directories: directories, gauges: gauges, sockets: sockets, children: children)
    }

    private init(
        probe: String,
        directories: [ProcessDirectory],
        gauges chosen: [ProbeOptions.ProcessGauge],
        sockets: ServerSockets?,
        children: Bool
    ) {
        self.probe = probe
        self.directories = directories
        self.chosen = chosen
        self.sockets = sockets
        includesChildren = children
        gauges = chosen.flatMap { gauge -> [GaugeDescription] in
            switch gauge {
            case .rss, .privateMemory, .receiveQueue, .sendQueue:
                [GaugeDescription(name: gauge.rawValue, unit: .bytes)]
            case .sockets:
                [GaugeDescription(name: gauge.rawValue, unit: .count)]
                    + TCPState.serverStates.map {
                        GaugeDescription(name: "\(gauge.rawValue).\($0.name)", unit: .count, isDetail: true)
                    }
            default: [GaugeDescription(name: gauge.rawValue, unit: .count)]
            }
        }
    }

    /// The numbers of the processes that are watched.
    public var processNumbers: [Int32] { directories.map(\.pid) }

    /// Reads every gauge; a gauge that cannot be read is a gap of its own, and all are gaps once a process is gone.
    public func read() -> [GaugeReading] {
        let wantsKinds = chosen.contains { gauge in DescriptorKind.allCases.contains { $0.gauge == gauge } }
        let own = directories.map { ProcessReading($0, wantsKinds: wantsKinds) }
        let ended = own.count(where: \.hasEnded)
        if ended > 0 { return gaps(ended == own.count ? GapName.processGone : GapName.oneProcessGone) }
        var reading = ProcessReadings(own, ownDescriptors: ownDescriptors)
        if includesChildren {
            do throws(SystemError) {
                let children = try ProcessTree.descendants(of: directories)
                reading.add(children.map { ProcessReading($0, isWatched: false, wantsKinds: wantsKinds) })
            } catch {
                return gaps(error.number == ENOENT ? GapName.notAvailable : error.name)
            }
        }
        let socketFigures = sockets.map { figures(of: $0) }
        return chosen.flatMap { gauge in
            guard gauge.isOfSockets else { return [reading.reading(of: gauge)] }
            guard let socketFigures else { return [GaugeReading.gap(GapName.notAvailable)] }
            return readings(of: gauge, socketFigures)
        }
    }

    private func gaps(_ name: String) -> [GaugeReading] { gauges.map { _ in .gap(name) } }

    /// What this reader itself keeps open, which must not count where it watches its own process.
    private var ownDescriptors: Int { directories.count + (sockets?.openDescriptors ?? 0) }

    private func figures(of sockets: ServerSockets) -> Result<SocketFigures, Gap> {
        do throws(Gap) {
            return .success(try sockets.figures(findsOrphans: chosen.contains(.orphanedSockets)))
        } catch {
            return .failure(error)
        }
    }

    private func readings(
        of gauge: ProbeOptions.ProcessGauge,
        _ result: Result<SocketFigures, Gap>
    ) -> [GaugeReading] {
        let states = TCPState.serverStates
        switch (result, gauge) {
        case (.success(let figures), .orphanedSockets):
            return [figures.orphaned.map { .value(Double($0)) } ?? .gap(GapName.notAvailable)]
        case (.success(let figures), .receiveQueue): return [.value(Double(figures.receiveQueue))]
        case (.success(let figures), .sendQueue): return [.value(Double(figures.sendQueue))]
        case (.success(let figures), _):
            return [.value(Double(figures.states.total))] + states.map { .value(Double(figures.states[$0])) }
        case (.failure(let gap), .sockets): return Array(repeating: .gap(gap.name), count: states.count + 1)
        case (.failure(let gap), _): return [.gap(gap.name)]
        }
    }
}

/// Several processes at one moment, which are read as one.
struct ProcessReadings {
    private var processes: [ProcessReading]
    /// Descriptors that must not count where this very process is among them.
    private let ownDescriptors: Int

    /// Processes that all must be readable.
    init(_ processes: [ProcessReading], ownDescriptors: Int) {
        self.processes = processes
        self.ownDescriptors = ownDescriptors
    }

    /// Adds children; those that have ended since they were found are left out.
    mutating func add(_ children: [ProcessReading]) {
        processes += children.filter { !$0.hasEnded }
    }

    /// The sum of a gauge over all of them.
    func reading(of gauge: ProbeOptions.ProcessGauge) -> GaugeReading {
        do throws(Gap) {
            var total = 0.0
            for process in processes {
                do throws(Gap) {
                    total += try figure(gauge, of: process)
                } catch {
                    // A child that has ended in between has nothing left that could count.
                    guard error.name == GapName.processGone, !process.isWatched else { throw error }
                }
            }
            return .value(total)
        } catch {
            return .gap(error.name)
        }
    }

    private func figure(_ gauge: ProbeOptions.ProcessGauge, of process: ProcessReading) throws(Gap) -> Double {
        let directory = process.directory
        let figure: UInt64?
        do throws(SystemError) {
            switch gauge {
            case .threads: figure = try process.status.get().threads
            case .rss: figure = try process.status.get().residentBytes
            case .privateMemory: figure = try directory.privateBytes()
            case .fds:
                let count = try directory.descriptorCount() - (directory.isOwn ? ownDescriptors : 0)
                figure = UInt64(max(0, count))
            default:
                let kinds = try process.kinds?.get()
                figure = kinds.map { $0.first { $0.key.gauge == gauge }.map { UInt64(max(0, $0.value)) } ?? 0 }
            }
        } catch {
            throw Gap(error)
        }
        guard let figure else { throw Gap(GapName.notAvailable) }
        return Double(figure)
    }
}

/// One process at one moment.
struct ProcessReading {
    /// Its directory.
    let directory: ProcessDirectory
    /// What its status says, or why it cannot be read.
    let status: Result<ProcessStatus, SystemError>
    /// Whether it is one of those watched, and not a child that comes and goes.
    let isWatched: Bool
    /// Its descriptors by kind, or why they cannot be read; nil where nobody wants them, as each costs a system call.
    let kinds: Result<[DescriptorKind: Int], SystemError>?

    /// Reads a process's status, and its descriptors by kind where they are wanted.
    init(_ directory: ProcessDirectory, isWatched: Bool = true, wantsKinds: Bool) {
        self.directory = directory
        self.isWatched = isWatched
        do throws(SystemError) {
            status = .success(try directory.status())
        } catch {
            status = .failure(error)
        }
        do throws(SystemError) {
            kinds = wantsKinds ? .success(try directory.descriptorKinds()) : nil
        } catch {
            kinds = .failure(error)
        }
    }

    /// Whether it is gone, or only waits for its parent to notice.
    var hasEnded: Bool {
        switch status {
        case .success(let status): status.hasEnded
        case .failure(let error): Gap(error).name == GapName.processGone
        }
    }
}
