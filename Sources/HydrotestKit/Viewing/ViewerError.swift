/// Why a report cannot be shown.
public enum ViewerError: Error, Equatable, Sendable {
    /// The folder holds no page.
    case noReport(folder: String)
    /// The port cannot be listened on: the port and the error's name.
    case port(UInt16, error: String)
    /// The machine gives no event loop; the error's name.
    case machine(String)
}

extension ViewerError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .noReport(let folder):
            "there is no report.html.gz in \"\(folder)\"; name a report folder, such as Reports/smoke"
        case .port(let port, let error): "cannot listen on 127.0.0.1:\(port): \(error); name another with --port, or 0"
        case .machine(let error): "cannot serve the report: \(error)"
        }
    }
}
