import Glibc
import Synchronization

/// Ports for servers that cannot choose one themselves.
enum FreePort {
    /// Below the ports that the system gives to clients: one of those may be taken before its server listens.
    private static let range: Range<UInt16> = 12_000..<30_000
    /// The next one to try; somewhere else in each process.
    private static let next = Mutex(UInt16.random(in: range))

    /// Ports of 127.0.0.1 that nothing listens on at this moment; none is given twice.
    ///
    /// - Throws: ``SupportError`` where the system has none.
    static func take(_ count: Int) throws -> [UInt16] {
        try next.withLock { next in
            var ports: [UInt16] = []
            for _ in range where ports.count < count {
                if isFree(next) { ports.append(next) }
                next = next + 1 < range.upperBound ? next + 1 : range.lowerBound
            }
            guard ports.count == count else { throw SupportError("no free port in \(range)") }
            return ports
        }
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        address.sin_port = port.bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
