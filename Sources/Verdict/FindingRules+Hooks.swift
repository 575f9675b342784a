import Record
import Vocabulary

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
