import Record
import Verdict
import Vocabulary

extension TerminalReport {
    /// The share of leaks over the delay, as bars; those inside the window are full.
    func race() -> [String] {
        guard let race = document.race, race.window != nil, let curve = RaceCurve(race, steps: ReportLimits.raceRows)
        else { return [] }
        let room = max(10, min(40, width - 32))
        let rows = curve.steps.map { step in
            let bar = String(repeating: step.isInside ? "█" : "░", count: Int((step.share * Double(room)).rounded()))
            return [
                "\(DurationText.format(Nanoseconds(step.middle)))", FigureText.share(step.share),
                FigureText.count(step.drops), bar + String(repeating: " ", count: room - bar.count),
            ]
        }
        let stage = race.stage.map { " after \($0.rawValue)" } ?? ""
        return table("Leaks over the delay\(stage) (\(race.manner.rawValue))", ["delay", "leaked", "drops", ""], rows)
    }
}
