import RunProfile

/// What a descriptor leads to, as its link under `/proc/PID/fd` tells (proc(5)).
enum DescriptorKind: CaseIterable, Sendable {
    case socket
    case pipe
    case file
    case eventPoll
    case other

    /// The kind of a link's target: `socket:[1]`, `pipe:[2]`, `/dev/null`, `anon_inode:[eventpoll]`.
    init(target: String) {
        if target.hasPrefix("socket:") {
            self = .socket
        } else if target.hasPrefix("pipe:") {
            self = .pipe
        } else if target.hasPrefix("/") {
            self = .file
        } else if target == "anon_inode:[eventpoll]" {
            self = .eventPoll
        } else {
            self = .other
        }
    }

    /// The gauge that counts it.
    var gauge: ProbeOptions.ProcessGauge {
        switch self {
        case .socket: .socketDescriptors
        case .pipe: .pipeDescriptors
        case .file: .fileDescriptors
        case .eventPoll: .eventPollDescriptors
        case .other: .otherDescriptors
        }
    }
}
