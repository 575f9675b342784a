import Vocabulary

extension Severity {
    /// How much the severity weighs, from 0 for info.
    var weight: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .failure: 2
        }
    }
}
