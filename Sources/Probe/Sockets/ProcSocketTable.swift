import EventLoop
import Glibc

/// The socket tables as text, in the network namespace of any process (proc(5), `/proc/PID/net/tcp`).
///
/// The kernel takes some 2 µs to write a row, wanted or not and TIME_WAIT included, so this is only for namespaces that
/// ``SocketDiagnostics`` cannot see. It writes the table in parts of 4 KiB: while sockets come and go, a row may be
/// missing or there twice.
final class ProcSocketTable: SocketTable {
    private static let bufferSize = 64 << 10
    private let directory: ProcessDirectory
    let openDescriptors: Int

    /// The tables that a process sees.
    ///
    /// - Parameter isOwner: whether the directory is held open for nothing else.
    init(of directory: ProcessDirectory, isOwner: Bool = false) {
        self.directory = directory
        openDescriptors = isOwner ? 1 : 0
    }

    func forEachRow(
        states: UInt32,
        localPort: UInt16?,
        remotePort: UInt16?,
        _ body: (SocketTableRow) -> Void
    ) throws(SystemError) {
        for name in ["net/tcp", "net/tcp6"] {
            let file: Int32
            do {
                file = try directory.open(name)
            } catch {
                // Without IPv6 in the kernel there is no tcp6.
                if name == "net/tcp6", error.number == ENOENT { continue }
                throw error
            }
            defer { close(file) }
            try Self.readRows(of: file) { row in
                guard row.state.bit & states != 0, localPort == nil || row.local.port == localPort,
                    remotePort == nil || row.remote.port == remotePort
                else { return }
                body(row)
            }
        }
    }

    private static func readRows(of file: Int32, _ body: (SocketTableRow) -> Void) throws(SystemError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 1)
        defer { buffer.deallocate() }
        var filled = 0
        while true {
            let count = read(file, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            if count < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            if count == 0 { return }
            filled += count
            let used = parse(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), body)
            // A line that fills the whole buffer is no table's.
            guard used > 0 || filled < buffer.count else { throw SystemError(EPROTO) }
            if used < filled {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[used..<filled]))
            }
            filled -= used
        }
    }
}
