import Record
import Vocabulary

/// Whether streams harmed a bystander: a pure comparison of what it saw beside them with what it saw before.
struct BystanderHarm {
    /// What came of the comparison.
    enum Result: Equatable {
        /// It cannot be made, with the reason.
        case unmeasured(String)
        /// The bystander fared as before.
        case none
        /// Requests failed.
        case failed
        /// Answers took longer.
        case slowed
    }

    /// The percentile that is compared: what one answer in ten exceeds is no accident.
    static let percentile = 90.0
    /// Errors that this machine makes, and no server.
    private static let own: Set<String> = ["EMFILE", "ENFILE", "EADDRNOTAVAIL", "ENOBUFS", "ENOMEM", "EAGAIN"]

    let bystander: BystanderRecord

    /// The result.
    var result: Result {
        let (before, beside) = (bystander.before, bystander.beside)
        guard beside.sent > 0 else { return .unmeasured("no stream was open while it asked") }
        guard judged(before) >= VerdictLimits.fewestBystanders else {
            let few = Wording.count(judged(before), "request")
            return .unmeasured("\(few) before the load \(judged(before) == 1 ? "is" : "are") too few to compare with")
        }
        guard failedShare(before) < 0.5 else { return .unmeasured("its requests failed before the load already") }
        guard judged(beside) >= VerdictLimits.fewestBystanders else {
            let few = Wording.count(judged(beside), "request")
            return .unmeasured("\(few) beside open streams \(judged(beside) == 1 ? "is" : "are") too few")
        }
        let more = failedShare(beside) - failedShare(before)
        if failed(beside) >= VerdictLimits.fewestBystanderFailures, more >= VerdictLimits.bystanderFailures {
            return .failed
        }
        return isSlowed ? .slowed : .none
    }

    /// Whether the answers took so long that users notice.
    var isStalled: Bool { (time(bystander.beside) ?? 0) >= VerdictLimits.bystanderStall }

    /// The time that one answer in ten exceeded, in ns; nil where none came.
    func time(_ part: BystanderRecord.Part) -> Nanoseconds? { part.latency.value(atPercentile: Self.percentile) }

    /// Requests of a part that failed by no fault of this machine.
    func failed(_ part: BystanderRecord.Part) -> UInt64 {
        part.errors.reduce(0) { Self.own.contains($1.key) ? $0 : $0.saturatingAdding($1.value) }
    }

    /// The share of a part's requests that failed so, 0 to 1.
    func failedShare(_ part: BystanderRecord.Part) -> Double { Double(failed(part)) / Double(max(1, judged(part))) }

    private func judged(_ part: BystanderRecord.Part) -> UInt64 { part.answered.saturatingAdding(failed(part)) }

    /// The time without streams: before them, or after them where the machine was less busy then.
    var calm: Nanoseconds? {
        guard let before = time(bystander.before) else { return nil }
        guard judged(bystander.after) >= VerdictLimits.fewestBystanders, let after = time(bystander.after) else {
            return before
        }
        return min(before, after)
    }

    private var isSlowed: Bool {
        guard let calm, let loaded = time(bystander.beside) else { return false }
        // What this side was late by itself is none of the server's.
        let lag = bystander.beside.lag.value(atPercentile: Self.percentile) ?? 0
        let rest = loaded - min(lag, loaded)
        return Double(rest) >= Double(calm) * VerdictLimits.bystanderFactor
            && rest >= calm + VerdictLimits.bystanderSpan
    }
}
