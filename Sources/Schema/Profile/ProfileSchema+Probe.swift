import RunProfile
import Vocabulary

extension ProfileSchema {
    static var leak: JSONSchema {
        .object([
            .init("baseline", .duration, "How long gauges are sampled before the load."),
            .init("settle", .duration, "How long after the last connection a residual may take to drain."),
            .init("inactivity", .duration, "The server's inactivity timeout."),
            .init("publish", publish(), "What is published to wake leaked clients."),
            .init("tolerance", .decimal, "By how much a gauge may grow under constant load, per 1,000 connections."),
            .init("byteTolerance", .decimal, "The same for memory, in bytes."),
            .init(
                "attributionDrops",
                .whole(in: ProfileLimits.attributionDrops),
                "Connections that each stage is given to find out which one leaks; 0 for none."
            ),
            .init("calibrate", .flag, "Whether streams of its own prove the gauges and that the server still serves."),
        ])
    }

    static var probe: JSONSchema {
        // Which gauges a probe may name is said by what it reads.
        let anything = JSONSchema()
        return JSONSchema.object([
            .init("name", .name, "The probe's name.", isRequired: true),
            .init("http", addresses, "A JSON document over HTTP; a list names each instance."),
            .init("prometheus", addresses, "Prometheus text or OpenMetrics over HTTP; a list names each instance."),
            .init("instance", .text, "Where an answer names its process: a JSON Pointer, or the metrics' label."),
            .init("instances", instances, "The processes that share the port: all, or a process or a port."),
            .init("port", .any(of: [.whole(in: 1...UInt16.max), .words(["reference"])]), "A process, by its port."),
            .init("pid", .whole(in: 1...Int32.max), "A process, by its number."),
            .init(
                "exec",
                .list(of: .text, from: 1, upTo: ProfileLimits.commandWords),
                "A command that prints a JSON document."
            ),
            .init("inspector", .text, "The inspector of a Node server: a port, or an address and a port."),
            .init("every", .duration, "The sampling period."),
            .init("timeout", .duration, "How long one reading may take."),
            .init("gauges", anything, "What is read."),
            .init("children", .flag, "Whether the processes that descend from it are read as well."),
        ])
        .adding(
            "oneOf",
            .list([
                reading("http", gauges("pointer"), required: true),
                reading("prometheus", gauges("metric"), required: true),
                reading("exec", gauges("pointer"), required: true),
                reading("inspector", gauges("path"), required: true),
                reading("port", processGauges, required: false),
                reading("pid", processGauges, required: false),
            ])
        )
    }

    private static var addresses: JSONSchema {
        .any(of: [.address, .list(of: .address, from: 1, upTo: ProfileLimits.instances)])
    }

    private static var instances: JSONSchema {
        let process = JSONSchema.object([
            .init("pid", .whole(in: 1...Int32.max), "The process that answers, or whose children do."),
            .init("port", .whole(in: 1...UInt16.max), "The port that they listen on."),
            .init("children", .flag, "Whether the processes that descend from it answer as well."),
        ])
        let one = ["pid", "port"].map { SchemaValue.object([.init("required", .list([.text($0)]))]) }
        return .any(of: [.words(["all"]), process.adding("oneOf", .list(one))])
    }

    private static func reading(_ source: String, _ gauges: JSONSchema, required: Bool) -> SchemaValue {
        .object([
            .init("required", .list([.text(source)] + (required ? [.text("gauges")] : []))),
            .init("properties", .object([.init("gauges", gauges.value)])),
        ])
    }

    private static var processGauges: JSONSchema { .list(of: .choice(ProbeOptions.ProcessGauge.self), from: 1) }

    /// Names, each with where its number stands, or with a map of that and a unit.
    private static func gauges(_ key: String) -> JSONSchema {
        .map(
            of: .any(of: [
                .text,
                .object([
                    .init(key, .text, "Where its number stands.", isRequired: true),
                    .init("unit", .choice(GaugeUnit.self), "What it counts."),
                ]),
            ])
        )
    }
}
