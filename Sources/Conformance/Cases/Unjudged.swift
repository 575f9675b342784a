/// Why a case cannot be judged; thrown by what looks at the observations.
enum Unjudged: Error, Equatable {
    /// The requirement says nothing of this server.
    case notApplicable(String)
    /// What was observed does not suffice.
    case notMeasured(String)

    /// The outcome of a case that threw this.
    var outcome: Outcome {
        switch self {
        case .notApplicable(let reason): .notApplicable(reason)
        case .notMeasured(let reason): .notMeasured(reason)
        }
    }
}
