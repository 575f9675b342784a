/// Numeric addresses of one family, one after the other.
public struct AddressRange: Hashable, Sendable {
    /// The first address.
    public let first: IPAddress
    /// The last address.
    public let last: IPAddress

    /// A range of at least one address.
    ///
    /// - Returns: nil where the addresses are of two families, or the last comes before the first.
    public init?(_ first: IPAddress, through last: IPAddress) {
        guard first.isIPv6 == last.isIPv6, first.value <= last.value else { return nil }
        self.first = first
        self.last = last
    }

    /// How many addresses it holds; `Int.max` where an IPv6 range holds more.
    public var count: Int {
        let others = last.value - first.value
        return others < UInt128(Int.max) ? Int(others) + 1 : .max
    }

    /// Every address, in order.
    public var addresses: some Sequence<IPAddress> {
        (0..<count).lazy.map { IPAddress(value: first.value + UInt128($0), isIPv6: first.isIPv6) }
    }
}
