import EventLoop
import Glibc
import RunProfile
import Vocabulary

/// The addresses that connections come from, so that the port range of one address is not the limit.
struct SourceAddresses {
    /// Connections that one source address is given.
    ///
    /// The kernel's search for a free port grows with the ports of the address that are in use, and each connection may
    /// leave its port in TIME_WAIT for a minute: of 18,000 streams from one address it took 43% of the processor time.
    static let connectionsPerSource = 4_000
    /// Source addresses that are used without being asked for.
    static let mostAddresses = 64_000

    /// Addresses of 127.0.0.0/8 for connections over the loop.
    ///
    /// - Returns: none where one address is enough, or where the target is not an IPv4 loopback address.
    static func spread(_ connections: Int, to target: SocketAddress) -> [SocketAddress] {
        guard target.isLoopback, target.family == AF_INET, connections > connectionsPerSource else { return [] }
        let count = min(mostAddresses, (connections + connectionsPerSource - 1) / connectionsPerSource)
        return (0..<count).compactMap { SocketAddress("127.1.\($0 / 250).\($0 % 250 + 1)", port: 0) }
    }

    /// The addresses that a scenario names.
    ///
    /// - Throws: ``RunError/refused(_:)`` with the first address that this machine cannot connect from.
    static func named(_ scenario: Scenario) throws(RunError) -> [SocketAddress] {
        var addresses: [SocketAddress] = []
        for address in scenario.sources.flatMap({ Array($0.addresses) }) {
            guard let source = SocketAddress("\(address)", port: 0) else {
                preconditionFailure("a profile is checked before it is run")
            }
            do throws(SystemError) {
                try tryBinding(to: source)
            } catch {
                throw .refused(
                    "scenario \"\(scenario.name)\": connections cannot come from the source address \(address): "
                        + "\(error.name); is it one of this machine's?"
                )
            }
            addresses.append(source)
        }
        return addresses
    }

    private static func tryBinding(to source: SocketAddress) throws(SystemError) {
        let descriptor = try Socket.open(family: source.family)
        defer { Socket.close(descriptor) }
        // The address alone is tried: a port would have to be free.
        var isOn: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = setsockopt(descriptor, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, &isOn, size)
        guard source.withPointer({ bind(descriptor, $0, source.length) }) == 0 else { throw .last }
    }

    /// The ports that the kernel hands out to one source address.
    static func portRange() -> Int {
        guard let file = fopen("/proc/sys/net/ipv4/ip_local_port_range", "r") else { return 28_232 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, Int32(line.count), file) != nil else { return 28_232 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let numbers = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }.compactMap { Int($0) }
        return numbers.count == 2 ? max(0, numbers[1] - numbers[0] + 1) : 28_232
    }

    /// Checks that the ports of the one source address suffice.
    ///
    /// - Throws: ``RunError/refused(_:)`` with the number that fits.
    static func check(concurrent: Int, to target: SocketAddress, sources: Int) throws(RunError) {
        let range = portRange()
        let fitting = range * max(1, sources)
        guard concurrent <= fitting else {
            throw .refused(
                """
                too few ports: \(NumberText.grouped(concurrent)) connections at once to \(target), but one source address \
                has \(NumberText.grouped(range)) ports (net.ipv4.ip_local_port_range); \(NumberText.grouped(fitting)) \
                fit. Lower `connections`, name more addresses with `sources`, or widen the range (hydrotest doctor).
                """
            )
        }
    }
}
