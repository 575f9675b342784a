import EventLoop
import Vocabulary

/// The processes of this machine that hold a listening socket of one TCP port.
///
/// Where there are several, a reading over that port is one of them's alone. A parent that only forked its workers holds
/// the socket too, and a worker that is handed accepted sockets, as in Node's cluster, may not.
public struct ListeningProcesses: Equatable, Sendable {
    /// The port.
    public let port: UInt16
    /// Their numbers, the lowest first.
    public let pids: [Int32]

    /// Looks for the processes behind a port.
    ///
    /// - Throws: ``ProcessProbeError`` where there is none in this network namespace, or none that may be seen.
    public init(onPort port: UInt16) throws(ProcessProbeError) {
        let table: any SocketTable
        do {
            table = try SocketTables.own()
        } catch {
            throw .system(name: error.name, attempt: "cannot read the socket tables")
        }
        self.port = port
        pids = try ProcessFinder.listeners(on: port, in: table).map(\.pid)
    }

    /// Whether several processes share the port.
    public var areSeveral: Bool { pids.count > 1 }
}
