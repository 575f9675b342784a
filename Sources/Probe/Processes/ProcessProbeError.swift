/// Why a process cannot be watched.
public enum ProcessProbeError: Error, Equatable, Sendable {
    /// No process has the number.
    case noProcess(pid: Int32)
    /// No process of this machine listens on the port, in this network namespace.
    case noListener(port: UInt16)
    /// Something listens on the port, but whose it is may not be seen: it belongs to another user.
    case permission(port: UInt16)
    /// More processes share the port than are watched.
    case tooManyProcesses(port: UInt16)
    /// The system refused; an error's name and what was tried.
    case system(name: String, attempt: String)

    /// The name that the error is counted under.
    public var name: String {
        switch self {
        case .noProcess: GapName.processGone
        case .noListener: GapName.notListening
        case .permission: "EACCES"
        case .tooManyProcesses: "LIMIT_PROCESSES"
        case .system(let name, _): name
        }
    }
}

extension ProcessProbeError: CustomStringConvertible {
    /// What is wrong and what helps.
    public var description: String {
        switch self {
        case .noProcess(let pid):
            "there is no process \(pid): is the server up, and the number still its own?"
        case .noListener(let port):
            "no process of this machine listens on port \(port) in this network namespace"
        case .permission(let port):
            "the process that listens on port \(port) belongs to another user: run as that user or as root, or name its pid"
        case .tooManyProcesses(let port):
            "more than \(ProcessFinder.processLimit) processes share port \(port): name one of them by `pid`"
        case .system(let name, let attempt):
            "\(attempt): \(name)"
        }
    }
}
