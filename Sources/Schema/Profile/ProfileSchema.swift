import RunProfile
import Vocabulary

/// The schema of profiles, for editors and validators; what the reader knows is what stands here.
public enum ProfileSchema {
    /// The schema as a document.
    public static var document: String {
        schema.document(id: "urn:hydrotest:profile:1", title: "A profile of Hydrotest")
    }

    /// The schema.
    public static var schema: JSONSchema {
        JSONSchema.object([
            .init("name", .name, "The run's name; by default the file's."),
            .init("seed", .whole(in: 0...UInt64.max), "The seed that stages, manners and delays are drawn from."),
            .init("target", target, "The server under test and how it is asked.", isRequired: true),
            .init("reference", reference, "How the bundled server is started, where it is the target."),
            .init(
                "scenarios",
                .list(of: scenario, from: 1, upTo: ProfileLimits.scenarios),
                "Groups of connections that behave alike.",
                isRequired: true
            ),
            .init(
                "probes",
                .list(of: probe, upTo: ProfileLimits.probes),
                "What reads the server's state from outside."
            ),
            .init("publish", publishers, "What is published while the load lasts, by which delivery is judged."),
            .init(
                "bystanders",
                .list(of: bystander, upTo: ProfileLimits.bystanders),
                "Ordinary requests to other endpoints, to see whether streams harm them."
            ),
            .init("exec", hooks, "Commands before, during and after the load."),
            .init("actions", actions, "How the server is asked for what its registry does (hydrotest fuzz)."),
            .init("leak", leak, "How residuals are watched before and after the load."),
            .init("heartbeat", heartbeat, "What is expected of heartbeats."),
            .init(
                "thresholds",
                .list(of: threshold, upTo: ProfileLimits.thresholds),
                "What the run must hold, such as connect.p99 < 500ms."
            ),
            .init("capacity", capacity, "How a climb looks for the server's ceiling, level by level."),
            .init("limits", limits, "What one connection may cost."),
            .init("matrix", matrix, "How a drop matrix is made (hydrotest matrix)."),
            .init("race", race, "How the window of a race is looked for (hydrotest race)."),
        ])
        .adding("if", .object([.init("required", .list([.text("capacity")]))]))
        .adding("then", scenarios(of: climbing))
        .adding("else", scenarios(of: ordinary))
    }

    private static func scenarios(of items: SchemaValue) -> SchemaValue {
        .object([.init("properties", .object([.init("scenarios", .object([.init("items", items)]))]))])
    }

    /// A scenario of a climb, whose size and length `capacity` says.
    private static var climbing: SchemaValue {
        .object([
            .init("required", .list([.text("arrival")])),
            .init(
                "properties",
                .object(["connections", "hold", "drop", "start", "read", "reconnect"].map { .init($0, .flag(false)) })
            ),
        ])
    }

    private static var ordinary: SchemaValue {
        .object([
            .init("required", .list([.text("connections")])),
            .init(
                "oneOf",
                .list(["hold", "drop"].map { .object([.init("required", .list([.text($0)]))]) })
            ),
        ])
    }

    private static var heartbeat: JSONSchema {
        .object([
            .init("expect", .duration, "The period, such as 15s.", isRequired: true),
            .init("tolerance", .share, "By what share of the period a beat may be late, such as 20%."),
            .init(
                "match",
                .any(of: [.words(["comment", "any"]), .text(matching: "^event:.|\\$\\{")]),
                "What counts as a beat: comment, any, or event:NAME."
            ),
        ])
    }

    private static var limits: JSONSchema {
        .object([
            .init("headerBytes", .whole(in: ProfileLimits.headerBytes), "Bytes of a response head."),
            .init("eventBytes", .whole(in: ProfileLimits.eventBytes), "Bytes of one event, and of one line."),
            .init(
                "compressionRatio",
                .whole(in: ProfileLimits.compressionRatio),
                "Bytes that a compressed body may unpack to for each byte received."
            ),
        ])
    }

    /// A metric, a comparison and a bound, of the run or of a scenario; YAML takes a colon and a space for a map's.
    private static var threshold: JSONSchema {
        let metrics = ThresholdMetric.all.map { $0.name.replacing(".", with: "\\.") }.joined(separator: "|")
        let comparisons = Threshold.Comparison.allCases.map(\.rawValue).joined(separator: "|")
        let text = JSONSchema.text(
            matching:
                "^([^<>=!]*:)?\\s*(\(metrics))\\s*(\(comparisons))\\s*[0-9.]+\\s*(%|ns|us|µs|ms|s|m|h)?\\s*$|\\$\\{"
        )
        return .any(of: [text, JSONSchema.map(of: text).adding("maxProperties", .number("1"))])
    }
}
