import EventLoop
import Glibc
import Vocabulary

/// Instances that the kernel tells apart: who answers is the process that holds the accepted socket.
///
/// The socket is looked for while the server still waits for the request's last byte, since many close with their
/// answer; and once more after the answer where the connection is kept, since a parent may hand it on to a worker.
final class KernelInstances: InstanceSource, @unchecked Sendable {
    /// How long a connection may wait until a process accepts it, in ns.
    static let acceptTime: Nanoseconds = 500 * .perMillisecond
    /// The time from one look at an unaccepted connection to the next, in µs.
    private static let lookPause: UInt32 = 500

    private let reader: any IdentifyingGaugeReader
    private let processes: InstanceProcesses
    /// The processes of the reading that is taken.
    private var candidates: [ProcessDirectory] = []
    /// Those that have answered, each as the one that it was.
    private var known: [Int32: ProcessDirectory] = [:]
    private var holder: ProcessDirectory?
    private var looks = 0
    private var port: UInt16?
    private var held: [Int32: Set<UInt64>] = [:]

    init(_ reader: any IdentifyingGaugeReader, among processes: InstanceProcesses) {
        self.reader = reader
        self.processes = processes
        reader.watchConnections { [weak self] local, remote in self?.look(local, remote) }
    }

    var probe: String { reader.probe }
    var gauges: [GaugeDescription] { reader.gauges }

    /// The processes that hold connections of the port since the reading before: they serve, so that they must answer.
    ///
    /// A parent that hands its connections on holds each for a moment only.
    func begin() throws(Gap) -> Set<String> {
        candidates = try processes.current()
        guard let port else { return [] }
        let now = processes.connections(toPort: port, among: candidates)
        defer { held = now }
        return Set(now.filter { !$0.value.isDisjoint(with: held[$0.key] ?? []) }.map { "\($0.key)" })
    }

    func ask() throws(Gap) -> [(instance: String, readings: [GaugeReading])] {
        (holder, looks) = (nil, 0)
        let readings = reader.readAfresh()
        if case .gap(let name) = readings.first, looks == 0 { throw Gap(name) }
        guard let holder else { throw Gap(GapName.instanceNotFound) }
        known[holder.pid] = holder
        return [("\(holder.pid)", readings)]
    }

    func isGone(_ instance: String) -> Bool {
        guard let pid = Int32(instance), let directory = known[pid] else { return false }
        guard ProcessReading(directory, wantsKinds: false).hasEnded else { return false }
        known[pid] = nil
        return true
    }

    private func look(_ local: UInt16, _ remote: UInt16) {
        port = remote
        looks += 1
        let isFirst = looks == 1
        let end = MonotonicClock.now() + Self.acceptTime
        repeat {
            if let found = processes.holder(local: local, remote: remote, among: candidates) {
                holder = found
                return
            }
            guard isFirst else { return }
            usleep(Self.lookPause)
        } while MonotonicClock.now() < end
    }
}

/// The processes among which the one that answers is looked for.
public final class InstanceProcesses: @unchecked Sendable {
    private enum Selection {
        case pid(ProcessDirectory)
        case port(UInt16)
    }

    private let selection: Selection
    private let includesChildren: Bool
    private let table: any SocketTable

    /// A process, alone or with all that descend from it.
    ///
    /// - Throws: ``ProcessProbeError`` where there is no such process.
    public init(pid: Int32, children: Bool) throws(ProcessProbeError) {
        do throws(SystemError) {
            let directory = try ProcessDirectory(pid: pid)
            selection = .pid(directory)
            table = try SocketTables.seen(by: directory)
        } catch {
            guard error.number != ENOENT else { throw .noProcess(pid: pid) }
            throw .system(name: error.name, attempt: "cannot read /proc/\(pid)")
        }
        includesChildren = children
    }

    /// All processes that listen on a port, alone or with all that descend from them.
    ///
    /// - Throws: ``ProcessProbeError`` where there is none, or none that may be seen.
    public init(port: UInt16, children: Bool) throws(ProcessProbeError) {
        do throws(SystemError) {
            table = try SocketTables.own()
        } catch {
            throw .system(name: error.name, attempt: "cannot read the socket tables")
        }
        selection = .port(port)
        includesChildren = children
        _ = try ProcessFinder.listeners(on: port, in: table)
    }

    /// The processes that there are now.
    func current() throws(Gap) -> [ProcessDirectory] {
        let roots: [ProcessDirectory]
        switch selection {
        case .pid(let directory): roots = [directory]
        case .port(let port):
            do throws(ProcessProbeError) {
                roots = try ProcessFinder.listeners(on: port, in: table)
            } catch {
                throw Gap(error.name)
            }
        }
        guard includesChildren else { return roots }
        do throws(SystemError) {
            return roots + (try ProcessTree.descendants(of: roots))
        } catch {
            throw Gap(error)
        }
    }

    /// The one process that holds the server's end of a connection; nil where none or several do.
    ///
    /// - Parameters:
    ///   - local: the port at this end of it.
    ///   - remote: the server's port.
    func holder(local: UInt16, remote: UInt16, among processes: [ProcessDirectory]) -> ProcessDirectory? {
        let inodes = sockets(onPort: remote, from: local)
        guard !inodes.isEmpty else { return nil }
        let holders = processes.filter { process in
            (try? process.socketInodes()).map { !$0.isDisjoint(with: inodes) } ?? false
        }
        return holders.count == 1 ? holders[0] : nil
    }

    /// The connections to a server's port that each process holds, by the sockets' inodes.
    func connections(toPort port: UInt16, among processes: [ProcessDirectory]) -> [Int32: Set<UInt64>] {
        let inodes = sockets(onPort: port, from: nil)
        guard !inodes.isEmpty else { return [:] }
        return processes.reduce(into: [:]) { held, process in
            held[process.pid] = (try? process.socketInodes())?.intersection(inodes)
        }
    }

    /// The accepted sockets of a port; one that nobody has accepted yet has no inode.
    private func sockets(onPort port: UInt16, from remote: UInt16?) -> Set<UInt64> {
        var inodes: Set<UInt64> = []
        do throws(SystemError) {
            try table.forEachRow(states: TCPState.connectionMask, localPort: port, remotePort: remote) { row in
                let isOne = row.inode != 0 && row.localPort == port && (remote == nil || row.remote.port == remote)
                if isOne { inodes.insert(row.inode) }
            }
        } catch {
            // A table that cannot be read tells of no connection: the reading is a gap.
            return []
        }
        return inodes
    }
}
