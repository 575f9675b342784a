/// Why a journal cannot be kept or read.
public enum JournalError: Error, Equatable, Sendable {
    /// A system call failed: its name, the error's name (`ENOSPC`) and the path.
    case system(call: String, error: String, path: String)
    /// Another process keeps the journal: the path.
    case inUse(path: String)
    /// There is no journal at the path.
    case missing(path: String)
    /// No member of it is whole: the path and its bytes.
    case nothingWhole(path: String, bytes: Int)
    /// A journal of a form that this version does not know.
    case unknownForm(String)
}

extension JournalError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .system(let call, let error, let path): "\(call) \(path): \(error)"
        case .inUse(let path): "the run that keeps \(path) still goes on; wait for its report, or interrupt it"
        case .missing(let path): "there is no journal at \(path); name the report folder of a run that died"
        case .nothingWhole(let path, let bytes):
            "no member of \(path) is whole (\(bytes) bytes); nothing can be recovered"
        case .unknownForm(let schema):
            "the journal is of the form \(schema.prefix(60)), and \(JournalEntry.currentSchema) is known; recover it with "
                + "the version that wrote it"
        }
    }
}
