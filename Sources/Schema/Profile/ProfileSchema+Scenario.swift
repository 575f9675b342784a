import RunProfile
import Vocabulary

extension ProfileSchema {
    static var scenario: JSONSchema {
        .object(connecting + asking + reading)
    }

    private static var connecting: [JSONSchema.Property] {
        [
            .init("name", .name, "The scenario's name.", isRequired: true),
            .init("connections", .whole(in: ProfileLimits.connections), "How many connections are started, in all."),
            .init("arrival", arrival, "When connections start; left out, all at once."),
            .init("start", .duration, "When its arrivals begin, from the start of the load."),
            .init("hold", .duration, "How long a stream stays open, such as 60s."),
            .init("reconnect", reconnect, "How held streams come back that were closed."),
            .init("drop", drop, "Where, how and when connections are dropped."),
            .init("timeout", .duration, "How long each connection may take to its open stream, or to its stage."),
            .init("transport", .choice(Scenario.Transport.self), "With the bundled server: plain or tls."),
            .init("url", .address, "An address of its own in place of the target's."),
            .init("path", .text, "A path of its own at the bundled server, such as /events?topics=news."),
            .init(
                "sources",
                .list(of: .text, from: 1),
                "The addresses to connect from, such as 127.0.1.1..127.0.1.50."
            ),
        ]
    }

    private static var asking: [JSONSchema.Property] {
        [
            .init("method", .method, "A request method of its own in place of the target's."),
            .init("headers", .map(of: .text), "Request headers of its own, beside the target's."),
            .init("body", .text, "A request body of its own."),
            .init("bodyFile", .text, "A file with the request body, beside the profile."),
            .init("data", .text, "A file with rows that fill in the body, such as prompts.csv."),
        ]
    }

    private static var reading: [JSONSchema.Property] {
        let pointer = JSONSchema.text
        return [
            .init(
                "read",
                .any(of: [
                    .words(["stop"]),
                    .object([.init("rate", .byteRate, "Bytes a second, such as 1KiB/s.", isRequired: true)]),
                ]),
                "How slowly its streams are read: { rate: 1KiB/s }, or stop."
            ),
            .init("receiveBuffer", .bytes, "Bytes of each socket's receive buffer, such as 4KiB."),
            .init(
                "until",
                .any(of: [
                    .text, .object([.init("event", .name, "The name of a stream's last event.", isRequired: true)]),
                ]),
                "What a stream's last event is: its data, such as [DONE], or { event: message_stop }."
            ),
            .init("tokens", pointer, "Where a token stands in an event's JSON, such as /choices/0/delta/content."),
            .init(
                "latency",
                .object([
                    .init("pointer", pointer, "Where the server's time stands in an event's JSON.", isRequired: true),
                    .init("unit", .choice(StreamOptions.Unit.self), "The time's unit.", isRequired: true),
                ]),
                "The server's own send time in each event, by which latency is measured."
            ),
        ]
    }

    private static var arrival: JSONSchema {
        let connections = JSONSchema.whole(in: ProfileLimits.connections)
        return .object([
            .init("rate", .rate, "Connections per second, such as 400/s."),
            .init(
                "ramp",
                .list(
                    of: .object([
                        .init("to", .rate, "The rate at its end.", isRequired: true),
                        .init("over", .duration, "How long it takes.", isRequired: true),
                    ]),
                    from: 1,
                    upTo: ProfileLimits.ramps
                ),
                "How the rate climbs or falls; the last one goes on."
            ),
            .init("keep", connections, "How many are kept at a time: each that ends is replaced."),
            .init(
                "spikes",
                .list(
                    of: .object([
                        .init("at", .duration, "When the crowd starts.", isRequired: true),
                        .init("connections", connections, "How many it is.", isRequired: true),
                    ]),
                    from: 1,
                    upTo: ProfileLimits.spikes
                ),
                "Crowds on top of the rate."
            ),
        ])
    }

    private static var drop: JSONSchema {
        .object([
            .init("stages", .choices(Stage.self), "The stages drawn from: all, or a list."),
            .init("events", .counts, "The event at which they are dropped, such as 1..50, in place of stages."),
            .init("manners", .list(of: .choice(Manner.self), from: 1), "The manners drawn from."),
            .init("delay", .durations, "The delay between the stage and the drop, such as 0ms..20ms."),
            .init("wait", .duration, "How long a half-closed or stalled connection stays."),
        ])
    }

    private static var reconnect: JSONSchema {
        .object([
            .init("honourRetry", .flag, "Whether the server's retry field says when."),
            .init("lastEventID", .flag, "Whether the last event's ID is sent."),
            .init("jitter", .durations, "A delay on top, drawn from a range."),
            .init("after", .duration, "The delay where the server says none."),
            .init("attempts", .whole(in: ProfileLimits.reconnectAttempts), "How often a stream tries, at most."),
            .init(
                "drop",
                .object([
                    .init(
                        "at",
                        .list(of: .duration, from: 1, upTo: ProfileLimits.massDrops),
                        "The moments of the load.",
                        isRequired: true
                    ),
                    .init("manner", .words(ReconnectOptions.MassDrop.manners.map(\.rawValue)), "How."),
                ]),
                "When all of its streams are dropped at once."
            ),
        ])
    }

    static var capacity: JSONSchema {
        let streams = JSONSchema.whole(in: ProfileLimits.connections)
        return JSONSchema.object([
            .init("from", streams, "Streams at the first level.", isRequired: true),
            .init("by", streams, "How many more at each further level."),
            .init("factor", .decimal, "How many times more at each further level, such as 1.5."),
            .init("to", streams, "Streams at the last level.", isRequired: true),
            .init("level", .duration, "How long each level is held once it is open."),
            .init(
                "publish",
                publish([.init("every", .duration, "The time from one publish to the next.")]),
                "What is published again and again, with {moment} in its body, by which events are measured."
            ),
        ])
        .adding("oneOf", .list(["by", "factor"].map { .object([.init("required", .list([.text($0)]))]) }))
    }

    static var matrix: JSONSchema {
        .object([
            .init("stages", .choices(Stage.self), "The stages, or all, in place of the scenarios' own."),
            .init("manners", .choices(Manner.self), "The manners, or all, in place of the scenarios' own."),
            .init("cycles", .whole(in: ProfileLimits.matrixCycles), "How often each stage and manner is tried."),
            .init("drops", .whole(in: ProfileLimits.matrixDrops), "Drops of each cycle."),
            .init("idle", .whole(in: ProfileLimits.matrixIdle), "Cycles without a drop."),
        ])
    }

    static var race: JSONSchema {
        .object([
            .init("stage", .choice(Stage.self), "The stage; by default the one that leaks most."),
            .init("manner", .choice(Manner.self), "The manner; by default the first of the profile's."),
            .init("gauge", .name, "The gauge that tells, as NAME or PROBE.NAME."),
            .init("from", .duration, "The shortest delay that is tried."),
            .init("to", .duration, "The longest delay that is tried."),
            .init("budget", .whole(in: ProfileLimits.raceBudget), "The most drops that are made in all."),
            .init("batch", .whole(in: ProfileLimits.raceBatch), "Drops of one batch."),
            .init("rate", .rate, "Drops per second within a batch."),
            .init("settle", .duration, "How long a batch is given at least before its residual is read."),
        ])
    }
}
