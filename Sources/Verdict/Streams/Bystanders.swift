import Record
import Vocabulary

extension FindingKind {
    /// Streams harmed ordinary requests to another endpoint.
    public static let streamsHarmOthers = FindingKind(
        "streams-harm-others",
        matters: "An open stream takes what ordinary requests need: users who watch nothing feel it as well.",
        look: "Look at what a stream holds while it is quiet: a thread, a database connection, a session's lock. Give "
            + "it back before the stream begins, or give streams a pool of their own."
    ) { $0.streamsHarmOthers }
}

extension FindingRules {
    /// What streams did to ordinary requests to other endpoints.
    fileprivate var streamsHarmOthers: [Finding] {
        bystanderHarms.compactMap { harm in
            switch harm.result {
            case .none, .unmeasured: return nil
            case .slowed where isOfBusyMachine(harm): return nil
            case .failed:
                let (before, beside) = (
                    harm.failedShare(harm.bystander.before), harm.failedShare(harm.bystander.beside)
                )
                return harmed(
                    harm.bystander,
                    isGrave: true,
                    "\(percent(beside)) of the requests failed while streams were open, \(percent(before)) before"
                )
            case .slowed:
                guard let calm = harm.calm, let loaded = harm.time(harm.bystander.beside) else { return nil }
                return harmed(
                    harm.bystander,
                    isGrave: harm.isStalled,
                    "one answer in ten took \(DurationText.format(loaded)) or longer while streams were open, "
                        + "\(DurationText.format(calm)) without"
                )
            }
        }
    }
}

extension FindingKind {
    /// Whether streams harm an endpoint cannot be told.
    public static let bystanderUnmeasured = FindingKind(
        "bystander-unmeasured",
        matters: "Nothing is said about the endpoint: too little was seen of it to compare.",
        look: "Lengthen `leak.baseline`, shorten the bystander's `every`, and look whether its address and `expect` "
            + "are right."
    ) { $0.bystanderUnmeasured }
}

extension FindingRules {
    /// Endpoints of which it cannot be told whether streams harm them.
    fileprivate var bystanderUnmeasured: [Finding] {
        bystanderHarms.compactMap { harm in
            switch harm.result {
            case .unmeasured(let reason):
                let step = "Give it more time, with a longer leak.baseline or a shorter every."
                return unmeasured(harm.bystander, reason, step)
            case .slowed where isOfBusyMachine(harm):
                let reason = "this machine was too busy: \(record.generator.saturation[0])"
                return unmeasured(harm.bystander, reason, "Use more cores, fewer connections or a second machine.")
            case .none, .failed, .slowed: return nil
            }
        }
    }

    /// What each bystander saw; none where the server was ended: what it then failed to answer would be laid to the
    /// streams' charge.
    private var bystanderHarms: [BystanderHarm] {
        guard record.serverDeath == nil, record.restart == nil else { return [] }
        return (record.load.bystanders ?? []).map { BystanderHarm(bystander: $0) }
    }

    /// Whether slow answers may be this machine's work.
    private func isOfBusyMachine(_ harm: BystanderHarm) -> Bool { isBusy && !harm.isStalled }

    /// A busy machine is late to all, and its figures accuse nobody for sure.
    private var isBusy: Bool { !record.generator.saturation.isEmpty }

    private func unmeasured(_ bystander: BystanderRecord, _ reason: String, _ step: String) -> Finding {
        finding(
            .bystanderUnmeasured,
            .info,
            "\(bystander.name): whether streams harm it is not known: \(reason)",
            parts(bystander) + [step]
        )
    }

    private func harmed(_ bystander: BystanderRecord, isGrave: Bool, _ words: String) -> Finding {
        // A command of the profile may have ended the server meanwhile.
        let isMeddled = (record.hooks ?? []).contains { $0.place == .during }
        return finding(
            .streamsHarmOthers,
            isGrave && !isMeddled && !isBusy ? .failure : .warning,
            "\(bystander.name): \(words)",
            parts(bystander) + [
                "Up to \(Wording.count(record.load.connections.peak, "stream")) were open at once.",
                "Look for what each open stream holds and ordinary requests need: a thread of a pool, a connection to the "
                    + "database, the lock of a session.",
            ]
        )
    }

    private func percent(_ share: Double) -> String { "\(NumberText.threeDigits(share * 100))%" }

    private func parts(_ bystander: BystanderRecord) -> [String] {
        [("Before", bystander.before), ("Beside", bystander.beside), ("After", bystander.after)].map { name, part in
            guard part.sent > 0 else { return "\(name): not measured." }
            var words = ["\(Wording.count(part.answered, "answer"))"]
            if let half = part.latency.value(atPercentile: 50), let most = part.latency.value(atPercentile: 99) {
                words.append("p50 \(DurationText.format(half)), p99 \(DurationText.format(most))")
            }
            if part.failed > 0 { words.append("failed: \(listed(part.errors).joined(separator: ", "))") }
            if part.cutShort > 0 { words.append("\(Wording.number(part.cutShort)) under way at the end") }
            return "\(name): \(words.joined(separator: "; "))."
        }
    }
}

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
