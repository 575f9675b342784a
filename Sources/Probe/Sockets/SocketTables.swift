import EventLoop
import Glibc

/// Chooses the cheapest view of the kernel's socket tables.
enum SocketTables {
    /// The sockets of this process's network namespace.
    ///
    /// - Throws: what the system calls name where neither netlink nor `/proc` can be used.
    static func own() throws(SystemError) -> any SocketTable {
        if let diagnostics = try? SocketDiagnostics(), diagnostics.works { return diagnostics }
        return ProcSocketTable(of: try ProcessDirectory(pid: getpid()), isOwner: true)
    }

    /// The sockets of the network namespace that a process is in.
    ///
    /// - Throws: what the system calls name where neither netlink nor `/proc` can be used.
    static func seen(by directory: ProcessDirectory) throws(SystemError) -> any SocketTable {
        guard let namespace = directory.networkNamespace,
            namespace == (try ProcessDirectory(pid: getpid())).networkNamespace
        else { return ProcSocketTable(of: directory) }
        return try own()
    }
}
