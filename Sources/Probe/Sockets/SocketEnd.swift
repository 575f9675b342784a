/// One end of a TCP connection: an address and a port.
struct SocketEnd: Hashable, Sendable {
    /// The address's 16 bytes in two halves; an IPv4 address is mapped (RFC 4291, 2.5.5.2).
    private let high: UInt64
    private let low: UInt64
    /// The port.
    let port: UInt16

    /// An end with an IPv6 address, whose 16 bytes are given as two numbers.
    init(high: UInt64, low: UInt64, port: UInt16) {
        self.high = high
        self.low = low
        self.port = port
    }

    /// An end with an IPv4 address, whose four bytes are given as a number.
    init(ipv4: UInt32, port: UInt16) {
        self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(ipv4), port: port)
    }

    /// Whether the address is one of 127.0.0.0/8 or ::1.
    var isLoopback: Bool { high == 0 && (low == 1 || low >> 24 == 0xFFFF_7F) }

    /// Whether two ends have the same address.
    func hasAddress(of other: SocketEnd) -> Bool { high == other.high && low == other.low }
}
