import Glibc

/// A numeric IPv4 or IPv6 address.
public struct IPAddress: Hashable, Sendable {
    /// Whether it is an IPv6 address.
    public let isIPv6: Bool
    /// The address as a number; below 2³² for an IPv4 address.
    let value: UInt128

    init(value: UInt128, isIPv6: Bool) {
        self.value = value
        self.isIPv6 = isIPv6
    }

    /// Reads `127.0.0.1` or `::1`.
    ///
    /// - Returns: nil where the text is not a numeric address.
    public init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        var ipv4 = in_addr()
        var ipv6 = in6_addr()
        if inet_pton(AF_INET, text, &ipv4) == 1 {
            self.init(value: UInt128(UInt32(bigEndian: ipv4.s_addr)), isIPv6: false)
        } else if inet_pton(AF_INET6, text, &ipv6) == 1 {
            let value = withUnsafeBytes(of: ipv6) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
            self.init(value: value, isIPv6: true)
        } else {
            return nil
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// The address as text: `127.0.0.1`, `::1`.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let bytes = (0..<(isIPv6 ? 16 : 4)).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * UInt128($0))) }
        _ = inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
