import Record
import Vocabulary

/// What leaks look like in plain words.
enum LeakWording {
    /// The moment of a rung.
    static func moment(_ rung: GaugeRecord.Rung) -> String {
        switch rung {
        case .loadEnd: "as the last connection ended"
        case .settle: "after the settle time"
        case .inactivity: "after the inactivity timeout"
        case .publish: "after the publish"
        }
    }

    /// The residuals in one sentence; none where none was read.
    static func residuals(_ gauge: GaugeRecord) -> [String] {
        let figures = gauge.residuals.map { residual in
            let figure = gauge.unit == .bytes ? NumberText.bytes(residual.value) : Wording.number(residual.value)
            return "\(figure) \(moment(residual.rung))"
        }
        return figures.isEmpty ? [] : ["Held above the baseline: " + figures.joined(separator: ", ") + "."]
    }

    /// What each later rung cleaned up, a sentence each.
    static func falls(_ gauge: GaugeRecord) -> [String] {
        zip(gauge.residuals, gauge.residuals.dropFirst()).compactMap { before, after in
            let fall = before.value - after.value
            guard fall > 0 else { return nil }
            switch after.rung {
            case .loadEnd: return nil
            case .settle: return "Drained within the settle time: \(Wording.number(fall))."
            case .inactivity: return "Cleaned up by the inactivity timer: \(Wording.number(fall))."
            case .publish: return "Cleaned up once something was published: \(Wording.number(fall))."
            }
        }
    }

    /// When a gauge came back to its baseline, in a sentence; none where it did not, or was never above it.
    static func fell(_ gauge: GaugeRecord) -> [String] {
        guard let fell = gauge.fell else { return [] }
        return ["It came back to its baseline \(DurationText.format(Nanoseconds(seconds: fell))) after the load's end."]
    }

    /// How the inactivity timeout is known, in a sentence; none where the profile tells it.
    static func discovered(_ inactivity: InactivityRecord) -> [String] {
        guard let streams = inactivity.discoveredFrom else { return [] }
        return [
            "The inactivity timeout of \(DurationText.format(inactivity.timeout)) was discovered: so long had "
                + "\(Wording.count(streams, "stream")) been quiet when the server ended "
                + (streams == 1 ? "it." : "them.")
        ]
    }

    /// A class in words: `at least bounded`.
    static func name(_ class: LeakClass, isAtLeast: Bool) -> String {
        (isAtLeast ? "at least " : "") + `class`.rawValue
    }

    /// A rung that was due and has no reading.
    static func unread(_ rung: GaugeRecord.Rung) -> String { "It could not be read \(moment(rung))." }

    /// Why a residual is called permanent though not every rung was tried.
    static func notShownToDrain(_ rungs: some Sequence<GaugeRecord.Rung>) -> String {
        let parts = rungs.map { $0 == .inactivity ? "the inactivity rung" : "the publish" }
        return "It was not shown to drain: " + parts.joined(separator: " and ")
            + (parts.count == 1 ? " was left out." : " were left out.")
    }

    /// Where a leak was traced to: ` at request-sent (fin)`; empty where it was traced to nothing.
    static func place(_ leak: Leak) -> String {
        guard let stage = leak.stage else { return "" }
        return " at \(stage.rawValue)" + (leak.manner.map { " (\($0.rawValue))" } ?? "")
    }

    /// What in the server cleans up late, by class.
    static func meaning(_ class: LeakClass) -> String {
        switch `class` {
        case .none, .drains: "The server cleans up in time."
        case .bounded: "Only the server's inactivity timer cleans up; its close handler does not."
        case .untilBroadcast: "Only the next write to the dead client cleans up, which a quiet topic may never bring."
        case .permanent: "Nothing that was tried cleaned it up."
        }
    }
}
