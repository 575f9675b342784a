import Record
import RunProfile
import Vocabulary

extension FindingKind {
    /// No stream ever stood.
    public static let nothingEstablished = FindingKind(
        "nothing-established",
        matters: "No stream began, so nothing else in this report says anything about the server.",
        look: "Look at the furthest stage that was reached and at the errors under Counts: address, certificate, path, "
            + "credentials.",
        isExcusedPastCeiling: true
    ) { $0.nothingEstablished }
}

extension FindingRules {
    private var connections: ConnectionCounts { record.load.connections }

    /// Connections were made and no stream ever stood, though none was dropped on purpose.
    fileprivate var nothingEstablished: Finding? {
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
}

extension FindingKind {
    /// A worker could not go on, which ended the load.
    public static let workerDied = FindingKind(
        "worker-died",
        matters: "The load ended early, and leaks were not looked for.",
        look: "Look at the reason; if it is not a limit of the machine, please report it with this file."
    ) { $0.workerDied }
}

extension FindingRules {
    fileprivate var workerDied: Finding? {
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
}

extension FindingKind {
    /// The generator could not keep up.
    public static let generatorSaturated = FindingKind(
        "generator-saturated",
        matters: "The generator was too slow itself: latencies include its own delay, so do not blame the server for "
            + "them.",
        look: "Lower the rate, or take a machine with more processors; `hydrotest doctor` tells the machine's limits."
    ) { $0.generatorSaturated }
}

extension FindingRules {
    fileprivate var generatorSaturated: Finding? {
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
}

extension FindingKind {
    /// So many connections failed that nothing else can be relied on.
    public static let mostConnectionsFailed = FindingKind(
        "most-connections-failed",
        matters: "Most users would not have got a stream.",
        look: "Look at the first error's name under Counts: refused and reset point to the accept queue or a proxy, "
            + "EMFILE to a descriptor limit, a status to the application.",
        isExcusedPastCeiling: true
    ) { $0.mostConnectionsFailed }
}

extension FindingRules {
    /// So many connections failed that nothing else of the run can be relied on.
    fileprivate var mostConnectionsFailed: Finding? {
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
}

extension FindingKind {
    /// The publish that tells leaks apart brought nothing.
    public static let publishFailed = FindingKind(
        "publish-failed",
        matters: "Leaks that last until a broadcast cannot be told from permanent ones.",
        look: "Look at `leak.publish` in the profile: address, method, credentials, the status it expects."
    ) { $0.publishFailed }
}

extension FindingRules {
    /// The publish of the ladder brought nothing.
    fileprivate var publishFailed: Finding? {
        guard let failure = record.publish?.failure else { return nil }
        return finding(
            .publishFailed,
            .warning,
            "the publish failed: \(failure)",
            ["Leaks that last until a broadcast could not be told from permanent ones."]
        )
    }
}

extension FindingKind {
    /// The run was cut short.
    public static let interrupted = FindingKind(
        "interrupted",
        matters: "The figures cover only a part of the run; leaks may not have been looked for.",
        look: "Run it again to the end."
    ) { $0.interrupted }
}

extension FindingRules {
    fileprivate var interrupted: Finding? {
        guard record.interrupted else { return nil }
        let leaks =
            watched.unmeasured.map { ["Leaks were not measured: \($0)."] }
            ?? (traced.contains { !$0.verdict.unread.isEmpty } ? ["The ladder was not climbed to its end."] : [])
        return finding(
            .interrupted,
            .warning,
            "the run was cut short",
            ["Figures cover what happened until then."] + leaks
        )
    }
}

extension FindingKind {
    /// Connections started late.
    public static let lateArrivals = FindingKind(
        "late-arrivals",
        matters: "Connections began later than planned, by the generator's own fault. Latencies count from the planned "
            + "moment.",
        look: "Lower the rate where there were many."
    ) { $0.lateArrivals }
}

extension FindingRules {
    /// Connections that started late.
    fileprivate var lateArrivals: Finding? {
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

extension FindingKind {
    /// The run died, and its report was made of its journal.
    public static let recovered = FindingKind(
        "recovered",
        matters: "The run died before its report; this one was made from its journal.",
        look: "Look for why it died: the kernel's log for an out-of-memory kill, the CI's time limit."
    ) { _ in [] }
}

extension FindingKind {
    /// A command of the profile failed.
    public static let hookFailed = FindingKind(
        "hook-failed",
        matters: "What the command was to bring about did not happen, so the run may show something else than was "
            + "meant.",
        look: "Run the command by hand, from the profile's folder."
    ) { $0.failedHooks }
}

extension FindingRules {
    /// Commands of the profile that failed: what the load was to be carried out with did not happen.
    fileprivate var failedHooks: [Finding] {
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
