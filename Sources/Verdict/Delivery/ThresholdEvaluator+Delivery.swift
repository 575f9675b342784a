import Record
import RunProfile

extension ThresholdEvaluator {
    /// A count over all publishers; nil where nothing was published, or no stream was there to get it.
    func measure(_ count: ThresholdMetric.Delivery) -> Double? {
        guard let deliveries = record.load.deliveries else { return nil }
        let publishing = deliveries.compactMap(\.publishing)
        let total = deliveries.reduce(into: DeliveryCounts()) { $0.merge($1.counts) }
        switch count {
        case .accepted: return sum(publishing.map(\.accepted))
        case .failed: return sum(publishing.map(\.failed))
        default: break
        }
        guard total.streams > 0, publishing.contains(where: { $0.accepted > 0 }) else { return nil }
        return switch count {
        case .received: Double(total.received)
        case .lost: Double(total.lost)
        case .duplicated: Double(total.duplicated)
        case .outOfOrder: Double(total.outOfOrder)
        case .stale: Double(total.stale)
        case .replayed: Double(total.replayed)
        case .accepted, .failed: nil
        }
    }

    /// The spreads of all publishers; nil where nothing was published.
    var spread: LatencyHistogram? {
        record.load.deliveries?.compactMap(\.publishing?.spread).reduce(into: LatencyHistogram()) { $0.merge($1) }
    }

    private func sum(_ counts: [UInt64]) -> Double { Double(counts.reduce(0 as UInt64) { $0.saturatingAdding($1) }) }
}
