import Glibc
import Vocabulary

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

/// Reads `sources:` of a scenario.
enum SourceReader {
    /// Reads the addresses to connect from: numeric ones and ranges of them, all of one family.
    static func read(_ field: Field) -> [AddressRange]? {
        let expectation = "a list of addresses and ranges, such as [127.0.1.1..127.0.1.50]"
        guard let items = field.items(limit: ProfileLimits.sources, expected: expectation) else { return nil }
        guard !items.isEmpty else {
            field.reject("an empty list", expected: expectation)
            return nil
        }
        var ranges: [AddressRange] = []
        var total = 0
        for item in items {
            guard let range = range(item) else { continue }
            if let first = ranges.first, first.first.isIPv6 != range.first.isIPv6 {
                item.reject("IPv4 and IPv6 addresses in one list", expected: "addresses of the target's family")
                return nil
            }
            let (sum, overflow) = total.addingReportingOverflow(range.count)
            guard !overflow, sum <= ProfileLimits.sources else {
                field.reject("too many addresses", expected: "at most \(NumberText.grouped(ProfileLimits.sources))")
                return nil
            }
            total = sum
            ranges.append(range)
        }
        return ranges.isEmpty ? nil : ranges
    }

    private static func range(_ field: Field) -> AddressRange? {
        let expectation = "a numeric address, such as 127.0.1.1, or a range of them, such as 127.0.1.1..127.0.1.50"
        guard let text = field.text(expected: expectation) else { return nil }
        let dots = text.firstRange(of: "..")
        let first = IPAddress((dots.map { String(text[..<$0.lowerBound]) } ?? text).trimmingSpaces)
        let last = dots.map { IPAddress(String(text[$0.upperBound...]).trimmingSpaces) } ?? first
        guard let first, let last else {
            field.rejectKind(expected: expectation)
            return nil
        }
        guard first.isIPv6 == last.isIPv6 else {
            field.reject("the range \(Quotation.shorten(text)) is of two families", expected: expectation)
            return nil
        }
        guard let range = AddressRange(first, through: last) else {
            field.reject("the range \(Quotation.shorten(text)) is upside down", expected: expectation)
            return nil
        }
        return range
    }
}
