import Record
import Vocabulary

extension FindingRules {
    /// What streams did to ordinary requests to other endpoints.
    var bystanders: [Finding] {
        // What a server that was ended failed to answer would be laid to the streams' charge.
        guard record.serverDeath == nil, record.restart == nil else { return [] }
        return (record.load.bystanders ?? []).compactMap { bystander in
            let harm = BystanderHarm(bystander: bystander)
            switch harm.result {
            case .none: return nil
            case .unmeasured(let reason):
                return unmeasured(
                    bystander,
                    reason,
                    "Give it more time, with a longer leak.baseline or a shorter every."
                )
            case .slowed where isBusy && !harm.isStalled:
                let reason = "this machine was too busy: \(record.generator.saturation[0])"
                return unmeasured(bystander, reason, "Use more cores, fewer connections or a second machine.")
            case .failed:
                let (before, beside) = (harm.failedShare(bystander.before), harm.failedShare(bystander.beside))
                return harmed(
                    bystander,
                    isGrave: true,
                    "\(percent(beside)) of the requests failed while streams were open, \(percent(before)) before"
                )
            case .slowed:
                guard let calm = harm.calm, let loaded = harm.time(bystander.beside) else {
                    return nil
                }
                return harmed(
                    bystander,
                    isGrave: harm.isStalled,
                    "one answer in ten took \(DurationText.format(loaded)) or longer while streams were open, "
                        + "\(DurationText.format(calm)) without"
                )
            }
        }
    }

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
