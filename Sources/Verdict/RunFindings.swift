import Record
import RunProfile
import Vocabulary

extension FindingRules {
    private static let limitPrefix = "LIMIT_"

    private var connections: ConnectionCounts { record.load.connections }

    /// Connections were made and no stream ever stood, though none was dropped on purpose.
    var nothingEstablished: Finding? {
        let dropped = connections.dropped > 0 || record.load.drops.contains { $0.count > 0 }
        guard connections.attempted > 0, connections.established == 0, !dropped else { return nil }
        let furthest = record.load.stages.filter { $0.value > 0 }.keys.max()
        return finding(
            .nothingEstablished,
            .failure,
            "no stream was established in \(Wording.count(connections.attempted, "connection"))",
            (furthest.map { ["The furthest stage that any reached was \($0.rawValue)."] } ?? [])
                + errorLines(record.load.errors)
        )
    }

    /// A worker could not go on, which ended the load.
    var workerDied: Finding? {
        guard let deaths = record.load.workerDeaths, let first = deaths.min(by: { $0.time < $1.time }) else {
            return nil
        }
        let seconds = NumberText.threeDigits(first.time)
        return finding(
            .workerDied,
            .failure,
            "the load ended after \(seconds) s: worker \(first.worker) died of \(first.reason)",
            ["Every figure counts what was done until then; leaks were not looked for."]
        )
    }

    /// The generator could not keep up.
    var generatorSaturated: Finding? {
        let reasons = record.generator.saturation
        guard !reasons.isEmpty else { return nil }
        let resting = thresholds.filter {
            if case .latency = $0.metric { true } else { $0.metric.unit == .nanoseconds }
        }
        return finding(
            .generatorSaturated,
            .warning,
            "generator saturated: latency figures are unreliable",
            reasons + resting.map { "This threshold rests on such figures: \($0.expression)" }
        )
    }

    /// So many connections failed that nothing else of the run can be relied on.
    var mostFailed: Finding? {
        let isJudged = thresholds.contains { threshold in
            switch threshold.metric {
            case .errorRate, .errorCount, .connections(.failed): true
            default: false
            }
        }
        let share = Double(connections.failed) / Double(max(1, connections.attempted))
        guard !isJudged, share >= VerdictLimits.failingShare else { return nil }
        let biggest = Self.sorted(record.load.errors).first?.key
        let pattern = errorPatterns.first { $0.name == biggest }
        return finding(
            .mostConnectionsFailed,
            .failure,
            "\(Wording.number(connections.failed)) of \(Wording.count(connections.attempted, "connection")) failed"
                + (pattern.map { "; \($0.sentence)" } ?? ""),
            errorLines(record.load.errors) + ["Where that is meant, say so with a threshold: errors.rate <= 100%."]
        )
    }

    /// Limits that were hit.
    var limitHit: Finding? {
        let counts = record.load.errors.filter { $0.value > 0 && $0.key.hasPrefix(Self.limitPrefix) }
        guard let first = Self.sorted(counts).first else { return nil }
        let more = counts.count > 1 ? " and \(Wording.count(UInt64(counts.count - 1), "other limit")) hit" : " hit"
        return finding(
            .limitHit,
            .warning,
            "\(first.key)\(more)",
            listed(counts) + ["The connections were ended there; what the server would have sent next is not known."]
        )
    }

    /// The publish of the ladder brought nothing.
    var publishFailed: Finding? {
        guard let failure = record.publish?.failure else { return nil }
        return finding(
            .publishFailed,
            .warning,
            "the publish failed: \(failure)",
            ["Leaks that last until a broadcast could not be told from permanent ones."]
        )
    }

    /// The run was cut short.
    var interrupted: Finding? {
        guard record.interrupted else { return nil }
        let leaks =
            WatchedGauges(record).unmeasured.map { ["Leaks were not measured: \($0)."] }
            ?? (traced.contains { !$0.verdict.unread.isEmpty } ? ["The ladder was not climbed to its end."] : [])
        return finding(
            .interrupted,
            .warning,
            "the run was cut short",
            ["Figures cover what happened until then."] + leaks
        )
    }

    /// Connections that started late.
    var lateArrivals: Finding? {
        let late = record.load.lateArrivals
        guard late > 0 else { return nil }
        return finding(
            .lateArrivals,
            .info,
            "\(Wording.count(late, "connection")) started late",
            ["Of \(Wording.number(connections.attempted)) attempted. Latencies count from the scheduled moment."]
        )
    }
}

extension FindingRules {
    /// Commands of the profile that failed: what the load was to be carried out with did not happen.
    var failedHooks: [Finding] {
        (record.hooks ?? []).compactMap { hook in
            guard let failure = hook.failure else { return nil }
            let when = hook.start.map { "Begun \(DurationText.format(Nanoseconds(seconds: $0))) into the run." }
            return finding(
                .hookFailed,
                hook.place == .during && hook.start != nil ? .failure : .warning,
                "command \(hook.number) \(Self.words(hook.place)) (\(hook.program)): \(failure)",
                [when].compactMap(\.self)
                    + ["Named in the profile under `exec.\(hook.place.rawValue)`; its arguments are not shown."]
            )
        }
    }

    private static func words(_ place: HookRecord.Place) -> String {
        switch place {
        case .before: "before the load"
        case .during: "during the load"
        case .after: "after the load"
        }
    }
}

extension PublishRecord {
    /// Why the publish brought nothing; nil where its answer was a success (RFC 9110, 15.3).
    var failure: String? {
        if let error { return error }
        guard let status else { return "no answer came" }
        return (200..<300).contains(status) ? nil : "the answer's status was \(status)"
    }
}
