import Vocabulary

extension LeakClass {
    /// How bad the class is, from 0 for none.
    var weight: Int {
        switch self {
        case .none: 0
        case .drains: 1
        case .bounded: 2
        case .untilBroadcast: 3
        case .permanent: 4
        }
    }
}
