import RunProfile
import Vocabulary

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
