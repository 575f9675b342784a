import Record
import Verdict

extension ReportDocument: Codable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, profile, seed, started, ended, environment, verdict
        case connections, drops, errors, latency, heartbeat, delivery, leaks, generator, findings, thresholds
        case scenarios, streams, slowReaders, reconnect, hooks, errorFaces, bystanders, stalls
        case capacity, matrix, race, phases, gauges, slopes, series, record
    }

    /// Reads what ``encode(to:)`` wrote.
    ///
    /// - Throws: `DecodingError` where the document's version is unknown or a key is missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let schema = try container.decode(String.self, forKey: .schema)
        guard schema == Self.currentSchema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema,
                in: container,
                debugDescription: "a report of the form \(schema) cannot be read; \(Self.currentSchema) is known"
            )
        }
        var record = try container.decode(RunRecord.self, forKey: .record)
        record.series = try container.decode([String: Series].self, forKey: .series)
        // Everything else is computed anew from these two, so a document cannot contradict itself.
        self.init(
            record: record,
            judgement: Judgement(
                leaks: try container.decode([Leak].self, forKey: .leaks),
                findings: try container.decode([Finding].self, forKey: .findings),
                thresholds: try container.decode([ThresholdResult].self, forKey: .thresholds)
            )
        )
    }

    /// Writes every key; the series are written once, and are those of `record` too.
    ///
    /// - Throws: `EncodingError` where the encoder refuses a value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for key in CodingKeys.allCases { try encode(key, into: &container) }
    }

    func encode(_ key: CodingKeys, into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        switch key {
        case .schema: try container.encode(schema, forKey: key)
        case .profile: try container.encode(profile, forKey: key)
        case .seed: try container.encode(seed, forKey: key)
        case .started: try container.encode(started, forKey: key)
        case .ended: try container.encode(ended, forKey: key)
        case .environment: try container.encode(environment, forKey: key)
        case .verdict: try container.encode(verdict, forKey: key)
        case .connections: try container.encode(connections, forKey: key)
        case .drops: try container.encode(drops, forKey: key)
        case .errors: try container.encode(errors, forKey: key)
        case .errorFaces: try container.encodeIfPresent(errorFaces, forKey: key)
        case .bystanders: try container.encodeIfPresent(bystanders, forKey: key)
        case .stalls: try container.encodeIfPresent(stalls, forKey: key)
        case .latency: try container.encode(latency, forKey: key)
        case .heartbeat: try container.encode(heartbeat, forKey: key)
        case .delivery: try container.encodeIfPresent(delivery, forKey: key)
        case .reconnect: try container.encodeIfPresent(reconnect, forKey: key)
        case .hooks: try container.encodeIfPresent(hooks, forKey: key)
        case .leaks: try container.encode(leaks, forKey: key)
        case .generator: try container.encode(generator, forKey: key)
        case .findings: try container.encode(findings, forKey: key)
        case .thresholds: try container.encode(thresholds, forKey: key)
        case .scenarios: try container.encodeIfPresent(scenarios, forKey: key)
        case .streams: try container.encodeIfPresent(streams, forKey: key)
        case .slowReaders: try container.encodeIfPresent(slowReaders, forKey: key)
        case .capacity: try container.encodeIfPresent(capacity, forKey: key)
        case .matrix: try container.encodeIfPresent(matrix, forKey: key)
        case .race: try container.encodeIfPresent(race, forKey: key)
        case .phases: try container.encode(phases, forKey: key)
        case .gauges: try container.encode(gauges, forKey: key)
        case .slopes: try container.encode(slopes, forKey: key)
        case .series: try container.encode(series, forKey: key)
        case .record:
            var record = record
            record.series = [:]
            try container.encode(record, forKey: key)
        }
    }
}
