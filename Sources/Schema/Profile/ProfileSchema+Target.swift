import RunProfile
import Vocabulary

extension ProfileSchema {
    static var target: JSONSchema {
        .object([
            .init(
                "url",
                .address,
                "The stream's address, or `reference`: the bundled server, started for the run.",
                isRequired: true
            ),
            .init("method", .method, "The request method, in capitals."),
            .init("headers", .map(of: .text), "Request headers; ${NAME} is taken from the environment."),
            .init("body", .text, "The request body."),
            .init("tls", tls, "How TLS is spoken to the target."),
            .init("authorized", .flag, "Whether a host that is not this machine is known to welcome the load."),
        ])
    }

    private static var tls: JSONSchema {
        // A version without quotes is a number in YAML.
        let versions = TLSOptions.Version.allCases.map(\.rawValue)
        let version = JSONSchema.any(of: [
            .words(versions), JSONSchema([.init("enum", .list(versions.map { .number($0) }))]),
        ])
        return .object([
            .init("verify", .flag, "Whether certificate and host name are verified."),
            .init("ca", .text, "A PEM file of trusted authorities, beside the profile."),
            .init("serverName", .text, "The name that is sent and verified; by default the target's host."),
            .init("minVersion", version, "The lowest version offered."),
            .init("maxVersion", version, "The highest version offered."),
            .init("resume", .flag, "Whether connections resume the session that the server handed out last."),
        ])
    }

    static var reference: JSONSchema {
        .object([
            .init("registry", .choice(RegistryKind.self), "Its client registry; racy leaks."),
            .init("heartbeat", .durationOrOff, "The period of its heartbeat comments, or off."),
            .init("inactivity", .duration, "After how long without a write it removes a client."),
            .init("requestTimeout", .duration, "How long a client may take to its complete request, and between two."),
            .init("faults", .list(of: .choice(Fault.self), from: 1), "Known defects that are switched on."),
            .init("faultAfter", .duration, "After how long a fault sets in that does so with time."),
            .init("faultShare", .share, "The share of registrations that a fault of their order acts on."),
            .init("port", .whole(in: 1...UInt16.max), "The port it listens on; by default a free one."),
            .init(
                "restart",
                .object([
                    .init("at", .duration, "The moment of the load.", isRequired: true),
                    .init("down", .duration, "How long it is away."),
                ]),
                "When it is stopped and started again."
            ),
            .init("lose", .whole(in: ProfileLimits.misdeliveries), "Each so many deliveries it loses one; 0 for none."),
            .init("repeat", .whole(in: ProfileLimits.misdeliveries), "Each so many it makes one twice; 0 for none."),
            .init("tokens", .whole(in: ProfileLimits.tokens), "Tokens of each completion."),
            .init("tokenRate", .rate, "Tokens of each completion per second, such as 50/s."),
            .init("raceWindow", .duration, "How long registration pauses before its next step."),
        ])
    }

    /// A request that makes the server publish.
    ///
    /// - Parameter more: keys that not every publish has.
    static func publish(_ more: [JSONSchema.Property] = []) -> JSONSchema {
        .object(
            [
                .init("url", .address, "Where the request goes.", isRequired: true),
                .init("method", .method, "The request method, in capitals."),
                .init("body", .text, "The request body."),
            ] + more
        )
    }
}

extension ProfileSchema {
    /// One publisher, or a list of them.
    static var publishers: JSONSchema {
        let publisher = publish([
            .init("name", .name, "The publisher's name."),
            .init("rate", .rate, "Messages per second, such as 20/s.", isRequired: true),
            .init("headers", .map(of: .text), "Request headers."),
            .init(
                "scenarios",
                .list(of: .name, from: 1, upTo: ProfileLimits.scenarios),
                "The scenarios whose streams get the messages; by default all."
            ),
            .init("start", .duration, "When it begins, from the start of the load."),
            .init("grace", .duration, "How long a message may take before it counts as lost."),
        ])
        return .any(of: [publisher, .list(of: publisher, upTo: MessageStamp.publishers)])
    }

    /// An ordinary request to another endpoint.
    static var bystander: JSONSchema {
        .object([
            .init("name", .name, "The bystander's name; by default its address."),
            .init(
                "url",
                .text(matching: "^/|^[Hh][Tt][Tt][Pp][Ss]?://|^reference/|\\$\\{"),
                "A path of the target, such as /healthz, or an address.",
                isRequired: true
            ),
            .init("method", .method, "The request method, in capitals."),
            .init("headers", .map(of: .text), "Request headers; a path is asked with the target's as well."),
            .init("body", .text, "The request body."),
            .init("every", .duration, "The time from one request to the next."),
            .init("timeout", .duration, "How long an answer may take."),
            .init("expect", .whole(in: 200...599), "The status that is expected; by default any from 200 to 399."),
        ])
    }

    /// Commands before, during and after the load.
    static var hooks: JSONSchema {
        let command = JSONSchema.list(of: .text, from: 1, upTo: ProfileLimits.commandWords)
        let commands = JSONSchema.any(of: [command, .list(of: command, upTo: ProfileLimits.hooks)])
        return .object([
            .init("before", commands, "A program and its arguments, or a list of those."),
            .init(
                "during",
                .list(
                    of: .object([
                        .init("at", .duration, "The moment of the load.", isRequired: true),
                        .init("run", command, "A program and its arguments.", isRequired: true),
                    ]),
                    upTo: ProfileLimits.hooks
                ),
                "Commands at moments of the load."
            ),
            .init("after", commands, "A program and its arguments, or a list of those."),
            .init("restart", command, "Starts the server again after hydrotest fuzz has ended it."),
            .init("timeout", .duration, "How long a command may take."),
        ])
    }

    /// How a server is asked for what its registry does.
    static var actions: JSONSchema {
        .object([
            .init("connect", publish(), "Opens a stream."),
            .init("subscribe", publish(), "Adds a topic to a stream."),
            .init("unsubscribe", publish(), "Takes a topic from a stream."),
            .init("publish", publish(), "Publishes an event."),
            .init("health", publish(), "Shows whether the server is well."),
            .init("identity", .text, "Where the first event's data tells the stream's {id}: a JSON Pointer."),
        ])
    }
}
