import Vocabulary

/// The latencies of a run, in ns, each from the moment its clock starts; an empty histogram was not measured.
public struct LatencyRecord: Codable, Equatable, Sendable {
    /// From the scheduled start to the TCP connection.
    public var connect = LatencyHistogram()
    /// From the TCP connection to the end of the TLS handshake.
    public var tlsHandshake = LatencyHistogram()
    /// From the scheduled start to the end of the response head.
    public var timeToHeaders = LatencyHistogram()
    /// From the scheduled start to the first event.
    public var timeToFirstEvent = LatencyHistogram()
    /// From an event's send time to its arrival.
    public var event = LatencyHistogram()

    /// Nothing measured.
    public init() {}

    /// Adds another's latencies.
    public mutating func merge(_ other: LatencyRecord) {
        connect.merge(other.connect)
        tlsHandshake.merge(other.tlsHandshake)
        timeToHeaders.merge(other.timeToHeaders)
        timeToFirstEvent.merge(other.timeToFirstEvent)
        event.merge(other.event)
    }

    /// Every latency with the name it has in reports and thresholds.
    public var named: [(name: String, histogram: LatencyHistogram)] {
        [
            ("connect", connect), ("tlsHandshake", tlsHandshake), ("timeToHeaders", timeToHeaders),
            ("timeToFirstEvent", timeToFirstEvent), ("event", event),
        ]
    }
}

extension LoadRecord {
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
