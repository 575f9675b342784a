import Record
import Verdict
import Vocabulary

/// A report's stable figures as OpenMetrics text: for GitLab's metrics report, or a push gateway.
///
/// Spans are in seconds, as OpenMetrics wants it; a figure that was not measured is absent.
public struct MetricsReport: Sendable {
    private struct Family {
        let name: String
        let help: String
        let samples: [(labels: [(String, String)], value: Double)]
    }

    private let document: ReportDocument

    /// The text of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The text; label values from the record are escaped.
    public func render() -> String {
        let families = [verdict, leaks, connections, errors, latency] + heartbeat + generator
        return families.filter { !$0.samples.isEmpty }.map(render).joined() + "# EOF\n"
    }

    private var verdict: Family {
        Family(
            name: "hydrotest_passed",
            help: "Whether the run passed.",
            samples: [([], document.verdict == .pass ? 1 : 0)]
        )
    }

    private var leaks: Family {
        Family(
            name: "hydrotest_leaked_per_1000_drops",
            help: "Units that a thousand drops leave in a gauge.",
            samples: document.leaks.compactMap { leak in
                leak.per1000Drops.map { rate in
                    let place = [("stage", leak.stage?.rawValue), ("manner", leak.manner?.rawValue)]
                    let labels = [("gauge", "\(leak.probe).\(leak.gauge)"), ("class", leak.class.rawValue)]
                    return (labels + place.compactMap { name, value in value.map { (name, $0) } }, rate)
                }
            }
        )
    }

    private var connections: Family {
        let counts = document.connections
        let fates: [(String, UInt64)] = [
            ("attempted", counts.attempted), ("established", counts.established), ("failed", counts.failed),
            ("dropped", counts.dropped), ("completed", counts.completed), ("ended", counts.ended),
            ("peak", counts.peak),
        ]
        return Family(
            name: "hydrotest_connections",
            help: "Connections by fate.",
            samples: fates.map { ([("fate", $0)], Double($1)) }
        )
    }

    private var errors: Family {
        Family(
            name: "hydrotest_errors",
            help: "Errors by name.",
            samples: document.errors.sorted { $0.key < $1.key }.prefix(ReportLimits.rows).map {
                ([("name", $0.key)], Double($0.value))
            }
        )
    }

    private var latency: Family {
        Family(
            name: "hydrotest_latency_seconds",
            help: "Latencies by what they measure.",
            samples: document.latency.named.flatMap { name, summary in
                let figures: [(String, Nanoseconds)] = [
                    ("p50", summary.p50), ("p90", summary.p90), ("p99", summary.p99), ("p999", summary.p999),
                    ("max", summary.max),
                ]
                return figures.map { ([("latency", name), ("figure", $0)], $1.inSeconds) }
            }
        )
    }

    private var heartbeat: [Family] {
        let heartbeat = document.heartbeat
        let missed = heartbeat.missed.map { [(labels: [(String, String)](), value: Double($0))] } ?? []
        let interval = heartbeat.interval.map { interval -> [(labels: [(String, String)], value: Double)] in
            [("p50", interval.p50), ("p99", interval.p99), ("max", interval.max)].map {
                ([("figure", $0)], $1.inSeconds)
            }
        }
        return [
            Family(name: "hydrotest_heartbeats_missed", help: "Heartbeats that did not come.", samples: missed),
            Family(
                name: "hydrotest_heartbeat_interval_seconds",
                help: "The time between two beats of one stream.",
                samples: interval ?? []
            ),
        ]
    }

    private var generator: [Family] {
        let saturated = document.generator.saturated ? 1.0 : 0
        return [
            Family(
                name: "hydrotest_generator_saturated",
                help: "Whether the latencies are not to be trusted.",
                samples: [([], saturated)]
            )
        ]
    }

    private func render(_ family: Family) -> String {
        let unit = family.name.hasSuffix("_seconds") ? "# UNIT \(family.name) seconds\n" : ""
        return "# TYPE \(family.name) gauge\n\(unit)# HELP \(family.name) \(family.help)\n"
            + family.samples.map { sample in
                let labels = sample.labels.map { "\($0)=\"\(Self.escape($1))\"" }.joined(separator: ",")
                return "\(family.name)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
            }.joined()
    }

    private static func escape(_ text: String) -> String {
        PlainText.clean(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
