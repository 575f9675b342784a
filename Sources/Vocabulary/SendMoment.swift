import Glibc

/// The moment at which an event was published, written into the event's own data.
///
/// The moment travels with the event, so that neither a slow event nor another publisher's is mistaken for it.
public enum SendMoment {
    /// What stands in a publish's body for the moment.
    public static let placeholder = "{moment}"
    /// What the digits of a moment follow.
    static let mark: StaticString = "hydrotest-sent-"
    /// The most digits of a moment.
    static let digits = 20

    /// A body with the moment in place of every placeholder; ns of the monotonic clock.
    public static func fill(_ body: String, with moment: Nanoseconds) -> String {
        body.split(separator: placeholder, omittingEmptySubsequences: false).joined(separator: "\(mark)\(moment)")
    }

    /// The first moment in an event's data, in ns of the monotonic clock of whoever wrote it; nil where it holds none.
    ///
    /// Allocates nothing. Any server can write any number: the reader checks that it is possible.
    public static func find(in data: UnsafeRawBufferPointer) -> Nanoseconds? {
        guard let start = endOfMark(in: data) else { return nil }
        var moment: Nanoseconds = 0
        var index = start
        while index < min(data.count, start + digits), (0x30...0x39).contains(data[index]) {
            let (product, isTooLarge) = moment.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = product.addingReportingOverflow(Nanoseconds(data[index] - 0x30))
            guard !isTooLarge, !isLarger else { return nil }
            moment = sum
            index += 1
        }
        return index > start ? moment : nil
    }

    /// The offset behind the first mark; nil where there is none.
    private static func endOfMark(in data: UnsafeRawBufferPointer) -> Int? {
        guard let base = data.baseAddress else { return nil }
        let count = mark.utf8CodeUnitCount
        var offset = 0
        while data.count - offset >= count {
            let rest = data.count - offset - count + 1
            guard let found = memchr(base + offset, Int32(mark.utf8Start.pointee), rest) else { return nil }
            offset = UnsafeRawPointer(found) - base
            if memcmp(found, mark.utf8Start, count) == 0 { return offset + count }
            offset += 1
        }
        return nil
    }
}
