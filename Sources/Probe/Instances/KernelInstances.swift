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
