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

extension ProcSocketTable {
    /// Reads the rows of `/proc/net/tcp` or `tcp6` (proc(5)) that end in the text; others than socket rows are passed over.
    ///
    /// - Returns: the bytes up to the end of the last line that is complete.
    static func parse(_ text: UnsafeRawBufferPointer, _ body: (SocketTableRow) -> Void) -> Int {
        var start = 0
        while start < text.count, let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if let row = row(UnsafeRawBufferPointer(rebasing: text[start..<end])) { body(row) }
            start = end + 1
        }
        return start
    }

    /// The columns are: slot, local address, remote address, state, queues, timer, retransmits, user, timeout, inode.
    private static func row(_ line: UnsafeRawBufferPointer) -> SocketTableRow? {
        var columns = Columns(line: line)
        columns.skip(1)
        guard let local = columns.next().flatMap(end), let remote = columns.next().flatMap(end) else { return nil }
        guard let state = columns.next().flatMap({ number($0, radix: 16) }) else { return nil }
        guard let queues = columns.next().flatMap(pair) else { return nil }
        columns.skip(4)
        guard let inode = columns.next().flatMap({ number($0, radix: 10) }) else { return nil }
        guard let state = UInt8(exactly: state).flatMap(TCPState.init) else { return nil }
        return SocketTableRow(
            local: local,
            remote: remote,
            state: state,
            receiveQueue: UInt32(clamping: queues.second),
            sendQueue: UInt32(clamping: queues.first),
            inode: inode
        )
    }

    /// Two hexadecimal numbers with a colon between them.
    private static func pair(_ text: UnsafeRawBufferPointer) -> (first: UInt64, second: UInt64)? {
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")),
            let first = number(UnsafeRawBufferPointer(rebasing: text[..<colon]), radix: 16),
            let second = number(UnsafeRawBufferPointer(rebasing: text[(colon + 1)...]), radix: 16)
        else { return nil }
        return (first, second)
    }

    /// An address and a port; the kernel writes each four bytes of the address as a number in its own byte order.
    private static func end(_ text: UnsafeRawBufferPointer) -> SocketEnd? {
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")),
            let port = number(UnsafeRawBufferPointer(rebasing: text[(colon + 1)...]), radix: 16).flatMap(
                UInt16.init(exactly:)
            )
        else { return nil }
        var words: [UInt32] = []
        for start in stride(from: 0, to: colon, by: 8) {
            let digits = UnsafeRawBufferPointer(rebasing: text[start..<min(start + 8, colon)])
            guard let word = number(digits, radix: 16).flatMap(UInt32.init(exactly:)) else { return nil }
            words.append(UInt32(bigEndian: word))
        }
        if words.count == 1 { return SocketEnd(ipv4: words[0], port: port) }
        guard words.count == 4 else { return nil }
        return SocketEnd(
            high: UInt64(words[0]) << 32 | UInt64(words[1]),
            low: UInt64(words[2]) << 32 | UInt64(words[3]),
            port: port
        )
    }

    private static func number(_ digits: UnsafeRawBufferPointer, radix: UInt64) -> UInt64? {
        guard !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in digits {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            guard digit < radix, value <= (UInt64.max - 15) / 16 else { return nil }
            value = value * radix + UInt64(digit)
        }
        return value
    }

    private struct Columns {
        let line: UnsafeRawBufferPointer
        var position = 0

        mutating func next() -> UnsafeRawBufferPointer? {
            while position < line.count, line[position] == UInt8(ascii: " ") { position += 1 }
            let start = position
            while position < line.count, line[position] != UInt8(ascii: " ") { position += 1 }
            return start == position ? nil : UnsafeRawBufferPointer(rebasing: line[start..<position])
        }

        mutating func skip(_ count: Int) {
            for _ in 0..<count { _ = next() }
        }
    }
}
