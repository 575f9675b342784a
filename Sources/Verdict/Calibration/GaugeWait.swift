import Record
import Vocabulary

/// What a calibration still waits for: gauges that are to show streams, or their end, or must be seen once more.
public struct GaugeWait: Sendable {
    /// How long a gauge is waited for that goes up and down all the time, in ns.
    static let steadiness: Nanoseconds = 2 * .perSecond

    /// Where a gauge's number comes from.
    public enum Source: Sendable {
        /// The application counts it.
        case application
        /// The kernel counts it for a process.
        case process
    }

    private struct Awaited {
        let name: String
        let probe: String
        let isCounted: Bool
        let source: Source
    }

    private let gauges: [Awaited]

    /// A wait for some gauges; those that count nothing are left out.
    public init(_ records: [GaugeRecord]) {
        gauges = records.filter { $0.unit == .count }.map { gauge in
            Awaited(
                name: gauge.seriesName,
                probe: gauge.probe,
                isCounted: GaugeName.saysCounted(gauge.gauge),
                source: gauge.isOfProcess == true ? .process : .application
            )
        }
    }

    /// Whether every probe has shown the streams, as far as it will.
    ///
    /// One of a probe's gauges tells for all: what of the same document has not moved by then does not see streams.
    ///
    /// - Parameters:
    ///   - time: how long the streams have stood, in ns.
    ///   - longest: how long something is waited for of which nothing moves, in ns.
    public func haveRisen(
        _ responses: [String: GaugeResponse],
        after time: Nanoseconds,
        at longest: Nanoseconds
    ) -> Bool {
        Dictionary(grouping: gauges, by: \.probe).values.allSatisfy { gauges in
            let risen = gauges.compactMap { responses[$0.name] }.filter(\.hasRisen)
            guard !risen.isEmpty else {
                let isOfProcess = gauges.allSatisfy { $0.source == .process }
                return isOfProcess || time >= longest
            }
            // Its clock begins with the first sign of life: a cache may have shown it late.
            let late = risen.compactMap(\.openingLag).max() ?? 0
            return risen.allSatisfy(\.isSteady) || time >= Self.steadiness + Nanoseconds(seconds: late)
        }
    }

    /// Whether every gauge shows that the streams have ended.
    public func haveReturned(_ responses: [String: GaugeResponse], butFor source: Source? = nil) -> Bool {
        gauges.allSatisfy { gauge in
            gauge.source == source || gauge.isCounted || responses[gauge.name]?.hasReturned ?? true
        }
    }

    /// The longest that a gauge took to show an opening, in seconds.
    public func slowest(_ responses: [String: GaugeResponse]) -> Double {
        gauges.compactMap { responses[$0.name]?.openingLag }.max() ?? 0
    }

    /// Whether the waves until now leave a question open: a gauge that did not come back, or came back late and at once.
    ///
    /// - Parameters:
    ///   - waves: how many there were.
    ///   - startedAtFall: whether the last wave began as the gauges fell, so that it saw the whole time between two
    ///     sweeps.
    public func needsAnotherWave(
        _ responses: [String: GaugeResponse],
        after waves: Int,
        startedAtFall: Bool
    ) -> Bool {
        gauges.contains { gauge in
            guard gauge.source == .application, let response = responses[gauge.name],
                let opening = response.calibration.openingLag
            else { return false }
            // A document that is late has shown by how much; what comes back soon may have met a sweep by chance.
            guard opening <= GaugeProof.shortLag else { return false }
            guard waves > 1 else { return true }
            guard let ending = response.calibration.endingLag, ending >= GaugeProof.tellingLag else { return false }
            return response.needsCloserLook || response.calibration.fellAtOnce && !startedAtFall
        }
    }
}
