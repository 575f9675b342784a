import Record
import RunProfile
import Vocabulary

extension FindingRules {
    /// What a climb found: the highest level that held, and what ended it.
    var capacity: Finding? {
        guard let capacity = record.capacity else { return nil }
        let severity: Severity = capacity.held == nil && capacity.ceiling != .interrupted ? .failure : .info
        return finding(.capacity, severity, title(capacity), evidence(capacity))
    }

    /// Publishes of a climb failed, so that its event latencies rest on fewer.
    var capacityPublishFailed: Finding? {
        guard let capacity = record.capacity, !capacity.publishErrors.isEmpty else { return nil }
        let failed = capacity.publishErrors.values.reduce(0 as UInt64) { $0.saturatingAdding($1) }
        return finding(
            .capacityPublishFailed,
            .warning,
            "\(Wording.count(failed, "publish", "publishes")) of the climb failed",
            listed(capacity.publishErrors)
                + ["Event latency is measured by \(Wording.count(capacity.published ?? 0, "publish", "publishes"))."]
        )
    }

    private func title(_ capacity: CapacityRecord) -> String {
        let held = capacity.held.map { "holds \(Wording.count($0.streams, "stream")) (\(figures($0)))" }
        switch capacity.ceiling {
        case .limit: return "\(held ?? "") and did not break; the ceiling is higher"
        case .interrupted: return held.map { "\($0); the climb was cut short" } ?? "the climb was cut short"
        case .threshold:
            guard let broken = capacity.broken else { return held ?? "" }
            let streams = held == nil ? Wording.count(broken.streams, "stream") : Wording.number(broken.streams)
            let what = "breaks at \(streams): \(reasons(broken).first ?? "")"
            return held.map { "\($0); \(what)" } ?? "the first level \(what)"
        case .generator:
            guard let broken = capacity.broken else { return held ?? "" }
            let reason = "at \(Wording.number(broken.streams)) \(broken.saturation.first ?? "")"
            let whose = "the generator's ceiling, not the server's: \(reason)"
            return held.map { "\($0); \(whose)" } ?? "no level could be judged; \(whose)"
        }
    }

    private func evidence(_ capacity: CapacityRecord) -> [String] {
        var evidence = ["Each level was judged by what happened in its own time."]
        guard let broken = capacity.broken else { return evidence }
        let breach = broken.saturation + reasons(broken)
        evidence += breach.map { "At \(Wording.count(broken.streams, "stream")): \($0)." }
        let next =
            if !broken.saturation.isEmpty {
                "Give the generator more processors or workers, or a lower arrival rate."
            } else if let held = capacity.held {
                "The ceiling lies between \(Wording.number(held.streams)) and "
                    + "\(Wording.number(broken.streams)) streams; a smaller step finds it closer."
            } else {
                "Begin lower: set capacity.from below \(Wording.number(broken.streams))."
            }
        return evidence + [next]
    }

    /// What a held level is worth: `200 arrivals/s, event p99 12 ms`.
    private func figures(_ level: CapacityLevel) -> String {
        ["\(Wording.number(level.arrivals.rounded())) arrivals/s"]
            .appending(level.eventP99.map { "event p99 \(DurationText.format($0))" }).joined(separator: ", ")
    }

    /// The thresholds that broke, those with a value first: `connect.p99 < 500ms was 812 ms`.
    private func reasons(_ level: CapacityLevel) -> [String] {
        let broken = level.measures.filter { !$0.held }
        return (broken.filter { $0.value != nil } + broken.filter { $0.value == nil }).map { measure in
            guard let value = measure.value else { return "\(measure.expression) could not be measured" }
            let unit = thresholds.first { $0.expression == measure.expression }?.metric.unit
            let text =
                switch unit {
                case .nanoseconds: DurationText.format(Nanoseconds(seconds: value / 1e9))
                case .share: Wording.number(value * 100) + "%"
                case .count, nil: Wording.number(value)
                }
            return "\(measure.expression) was \(text)"
        }
    }
}

extension [String] {
    fileprivate func appending(_ text: String?) -> [String] { text.map { self + [$0] } ?? self }
}
