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
            .init("registry", .choice(ReferenceOptions.Registry.self), "Its client registry; racy leaks."),
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
