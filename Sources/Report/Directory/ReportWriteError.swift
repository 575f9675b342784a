/// Why a report could not be written.
public enum ReportWriteError: Error, Equatable, Sendable {
    /// A system call failed: its name, the error's name (`ENOSPC`) and the path.
    case system(call: String, error: String, path: String)
    /// The document cannot be written as JSON; the encoder's words.
    case encoding(String)
}

extension ReportWriteError: CustomStringConvertible {
    /// The error in one line.
    public var description: String {
        switch self {
        case .system(let call, let error, let path): "cannot write the report: \(call) \(path): \(error)"
        case .encoding(let reason): "cannot write the report as JSON: \(reason)"
        }
    }
}
