import Vocabulary

/// Judges what a case's own connections saw.
enum CaseOracle {
    /// What must not be in an outcome.
    static func problems(in outcome: CaseOutcome) -> [Problem] {
        outcome.observations.flatMap { problems(in: $0, index: outcome.index) }
    }

    private static func problems(in seen: Observation, index: Int) -> [Problem] {
        var problems: [Problem] = []
        if let forged = seen.forged {
            problems.append(
                Problem(ProblemName.forgedField, "the server sent the line \"\(forged)\" by itself", index: index)
            )
        }
        if seen.foreign != nil {
            problems.append(
                Problem(
                    ProblemName.foreignEvent,
                    "a stream carried an event that was published to a topic which its client never named",
                    index: index
                )
            )
        }
        if let text = seen.brokenText {
            problems.append(
                Problem(
                    ProblemName.brokenText,
                    "an event holds bytes that are no UTF-8, shown as U+FFFD: \"\(text)\" (HTML, 9.2.4)",
                    index: index
                )
            )
        }
        if let name = seen.malformed {
            problems.append(
                Problem(ProblemName.malformedResponse, "a response is not HTTP/1.1: \(name)", index: index)
            )
        }
        if seen.bytesAfterStall > FuzzLimits.queuedBytes {
            let bytes = NumberText.bytes(Double(seen.bytesAfterStall))
            problems.append(
                Problem(
                    ProblemName.unboundedQueue,
                    "a client that had stopped reading was kept \(bytes) for, more than "
                        + NumberText.bytes(Double(FuzzLimits.queuedBytes)),
                    index: index
                )
            )
        }
        return problems
    }
}

/// What came of carrying a case out once.
struct CaseOutcome: Sendable {
    /// The case's place in its batch.
    let index: Int
    /// What each of its connections saw, in the order in which they were opened.
    var observations: [Observation] = []
    /// Connections that could not even be tried, by the error's name.
    var failures: [String] = []
    /// How long it took, in ns.
    var duration: Nanoseconds = 0
    /// Whether it was ended because its batch took too long.
    var isCutShort = false
}
