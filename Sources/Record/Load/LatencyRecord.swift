import Vocabulary

/// The latencies that every load measures, in ns, each from the moment its clock starts; an empty histogram was not
/// measured.
public struct LatencyRecord: Equatable, Sendable {
    /// One for each of ``Latency/ofEveryLoad``, in their order.
    @usableFromInline var histograms = Latency.ofEveryLoad.map { _ in LatencyHistogram() }

    /// Nothing measured.
    public init() {}

    /// The histogram of a latency that every load measures.
    ///
    /// It is inlined and changed in place, so that recording neither allocates nor copies.
    @inlinable public subscript(_ latency: Latency) -> LatencyHistogram {
        get { histograms[latency.order] }
        _modify { yield &histograms[latency.order] }
    }

    /// Adds another's latencies.
    public mutating func merge(_ other: LatencyRecord) {
        for index in histograms.indices { histograms[index].merge(other.histograms[index]) }
    }

    /// Takes memory of its own, which a copy shares until one of the two records.
    mutating func detach() {
        for index in histograms.indices { histograms[index].detach() }
    }

    /// Every latency with the name it has in reports and thresholds.
    public var named: [(name: String, histogram: LatencyHistogram)] {
        Latency.ofEveryLoad.map { ($0.rawValue, self[$0]) }
    }
}

extension LatencyRecord: Codable {
    /// Writes each latency under its name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Latency.self)
        for latency in Latency.ofEveryLoad { try container.encode(self[latency], forKey: latency) }
    }

    /// Reads what ``encode(to:)`` wrote; a latency that an older version did not know was not measured.
    ///
    /// - Throws: `DecodingError` where a histogram is none.
    public init(from decoder: any Decoder) throws {
        self.init()
        let container = try decoder.container(keyedBy: Latency.self)
        for latency in Latency.ofEveryLoad where container.contains(latency) {
            self[latency] = try container.decode(LatencyHistogram.self, forKey: latency)
        }
    }
}

extension LoadRecord {
    /// What was measured of any latency; empty where it was not.
    public subscript(_ latency: Latency) -> LatencyHistogram {
        switch latency {
        case .gap: streams?.gap ?? LatencyHistogram()
        case .timeToFirstToken: streams?.timeToFirstToken ?? LatencyHistogram()
        default: self.latency[latency]
        }
    }

    /// What share of the attempts failed before a stage, so that no percentile of those that reached it counts them.
    ///
    /// - Parameters:
    ///   - stage: what was to be reached.
    ///   - reached: how many reached it.
    /// - Returns: 0 to 1; nil where none failed before it, or nobody looked.
    public func shareUnreached(_ stage: Stage, reached: UInt64) -> Double? {
        guard let faces = errorFaces?.faces else { return nil }
        let failed = faces.reduce(0 as UInt64) { sum, face in
            face.stages.reduce(sum) { $1.key < stage ? $0.saturatingAdding($1.value) : $0 }
        }
        guard failed > 0 else { return nil }
        return Double(failed) / (Double(failed) + Double(reached))
    }
}
