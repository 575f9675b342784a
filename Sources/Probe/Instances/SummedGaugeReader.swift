import Vocabulary

/// Reads the gauges of several addresses, one for each instance, and adds them up.
///
/// A gauge is a gap where one of the instances cannot be read: never a smaller sum.
public final class SummedGaugeReader: GaugeReader, @unchecked Sendable {
    private let readers: [any GaugeReader]

    /// A reader of at least one, all with the same gauges.
    public init(_ readers: [any GaugeReader]) {
        precondition(!readers.isEmpty)
        self.readers = readers
    }

    /// The probe's name.
    public var probe: String { readers[0].probe }

    /// The instances whose readings are added up.
    public var instances: Int? { readers.count }

    /// The gauges, in the order of the readings; a total of one instance is one of all.
    public var gauges: [GaugeDescription] {
        let all = readers.map(\.gauges)
        return all[0].indices.map { index in
            all.lazy.map { $0[index] }.first { $0.unit == .total } ?? all[0][index]
        }
    }

    /// Reads one instance after the other and adds up.
    public func read() -> [GaugeReading] {
        GaugeReading.sums(of: readers.map { $0.read() }, count: readers[0].gauges.count)
    }
}
