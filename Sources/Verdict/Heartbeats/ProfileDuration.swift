import Vocabulary

/// A measured duration as a profile would write it.
enum ProfileDuration {
    /// Two digits that count, with the unit: `250ms`, `1s`, `1.5s`, `15s`.
    static func text(_ duration: Nanoseconds) -> String {
        let milliseconds = max(1, Double(duration) / 1e6)
        var scale = 1.0
        while milliseconds / scale >= 100 { scale *= 10 }
        let rounded = (milliseconds / scale).rounded() * scale
        guard rounded >= 1_000 else { return NumberText.fixed(rounded, digits: 0) + "ms" }
        let seconds = rounded / 1_000
        return NumberText.fixed(seconds, digits: seconds == seconds.rounded() ? 0 : 1) + "s"
    }
}
