import Record
import Report
import Verdict

/// The schema of reports, derived from the types that a report is made of.
public enum ReportSchema {
    /// The schema as a document.
    ///
    /// - Throws: where a type of the report cannot be derived.
    public static func document() throws -> String {
        let deriver = SchemaDeriver()
        let schema = JSONSchema.object(try properties(deriver))
        return schema.document(
            id: "urn:hydrotest:report:1",
            title: "A report of Hydrotest; spans in ns, moments of series in seconds since the run's start",
            definitions: deriver.definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        )
    }

    /// The report's own keys, in its order; what they hold is derived.
    static func properties(_ deriver: SchemaDeriver) throws -> [JSONSchema.Property] {
        func derived<Value: Decodable>(_ type: Value.Type) throws -> JSONSchema { try deriver.schema(of: type) }
        return [
            .init("schema", .words([ReportDocument.currentSchema]), "The version of this form.", isRequired: true),
            .init("profile", .type("string"), "The profile's name.", isRequired: true),
            .init("seed", try derived(UInt64.self), "What the plan was drawn from.", isRequired: true),
            .init("started", .type("number"), "When the run started, in seconds since 1970.", isRequired: true),
            .init("ended", .type("number"), "When the run ended, in seconds since 1970.", isRequired: true),
            .init("environment", try derived(RunEnvironment.self), "Where and how it ran.", isRequired: true),
            .init("verdict", try derived(ReportVerdict.self), "Pass or fail.", isRequired: true),
            .init("connections", try derived(ConnectionCounts.self), "Connections by fate.", isRequired: true),
            .init("drops", try derived([DropCount].self), "The drops made.", isRequired: true),
            .init("errors", try derived([String: UInt64].self), "Errors by name.", isRequired: true),
            .init("latency", try derived(LatencySummaries.self), "Latencies, in ns.", isRequired: true),
            .init("heartbeat", try derived(HeartbeatSummary.self), "What heartbeats did.", isRequired: true),
            .init("delivery", try derived([DeliverySummary].self), "What became of published messages."),
            .init("leaks", try derived([Leak].self), "What leaked, the worst class first.", isRequired: true),
            .init("generator", try derived(GeneratorSummary.self), "The generator's own state.", isRequired: true),
            .init("findings", try derived([Finding].self), "The judged facts.", isRequired: true),
            .init("thresholds", try derived([ThresholdResult].self), "The thresholds.", isRequired: true),
            .init("scenarios", try derived([ScenarioSummary].self), "What each scenario's connections did."),
            .init("streams", try derived(StreamSummary.self), "What streams brought that were followed to their end."),
            .init("slowReaders", try derived(SlowReaderSummary.self), "What became of slow readers."),
            .init("reconnect", try derived(ReconnectSummary.self), "How closed streams came back."),
            .init("hooks", try derived([HookRecord].self), "The profile's commands."),
            .init("errorFaces", try derived([ErrorSummary].self), "How the errors looked, name by name."),
            .init("bystanders", try derived([BystanderSummary].self), "What ordinary requests beside the streams saw."),
            .init("stalls", try derived([StallRecord].self), "What became of stalled connections."),
            .init("capacity", try derived(CapacitySummary.self), "What a climb came to."),
            .init("matrix", try derived(MatrixSummary.self), "What a drop matrix came to."),
            .init("race", try derived(RaceSummary.self), "What the search for a race came to."),
            .init("phases", try derived([Phase].self), "The run's phases, in order.", isRequired: true),
            .init("gauges", try derived([GaugeRecord].self), "What the gauges showed.", isRequired: true),
            .init("slopes", try derived([GaugeSlope].self), "How gauges changed.", isRequired: true),
            .init("series", try derived([String: Series].self), "Figures over time, by name.", isRequired: true),
            .init("record", try derived(RunRecord.self), "What happened in the run, whole.", isRequired: true),
        ]
    }
}
