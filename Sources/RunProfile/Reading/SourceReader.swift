import Vocabulary

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
