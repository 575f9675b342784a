import Record
import Vocabulary

extension FindingRules {
    /// The window of a race, or that no delay leaked.
    var race: Finding? {
        guard let race = record.race else { return nil }
        guard let window = RaceJudge(record: record).window, let stage = race.stage, let gauge = race.gauge else {
            return finding(
                .raceNotFound,
                .info,
                "no delay from \(DurationText.format(race.from)) to \(DurationText.format(race.to)) leaked",
                ["\(Wording.count(race.drops, "drop")) were made in the manner \(race.manner.rawValue)."]
                    + (record.serviceStop == nil
                        ? [] : ["The search ended early, as the server stopped serving: this acquits nothing."])
            )
        }
        let share = NumberText.threeDigits(100 * window.share)
        return finding(
            .raceWindow,
            .failure,
            "\(gauge): \(share)% of drops leak \(Self.span(window, race)) after \(stage.rawValue) "
                + "(\(race.manner.rawValue))",
            evidence(window, race)
        )
    }

    private static func span(_ window: RaceWindow, _ race: RaceRecord) -> String {
        switch (window.low, window.high) {
        case (let low?, let high?) where low.delay == 0: "up to \(DurationText.format(high.delay))"
        case (let low?, nil) where low.delay == 0: "at any delay up to \(DurationText.format(race.to))"
        case (let low?, let high?): "from \(DurationText.format(low.delay)) to \(DurationText.format(high.delay))"
        case (let low?, nil): "from \(DurationText.format(low.delay)) on"
        case (nil, let high?): "up to \(DurationText.format(high.delay))"
        case (nil, nil): "at any delay from \(DurationText.format(race.from)) to \(DurationText.format(race.to))"
        }
    }

    private func evidence(_ window: RaceWindow, _ race: RaceRecord) -> [String] {
        let ends = [("lower", window.low), ("upper", window.high)].map { name, edge in
            edge.map { edge in
                edge.to == 0
                    ? "The \(name) end is 0: a drop at once leaks as well."
                    : "The \(name) end is \(DurationText.format(edge.delay)) "
                        + "(95% interval \(DurationText.format(edge.from)) to \(DurationText.format(edge.to)))."
            } ?? "The \(name) end lies beyond the delays that were tried."
        }
        let percent = [window.shareFrom, window.shareTo].map { NumberText.threeDigits(100 * $0) + "%" }
        let inside =
            "Inside, \(Wording.number(window.leaked.rounded())) of \(Wording.count(window.drops, "drop")) leaked "
            + "(95% interval \(percent[0]) to \(percent[1]))."
        let spent = "The search took \(Wording.count(race.drops, "drop"))."
        let width = window.width.map { ["The window is \(DurationText.format($0)) wide."] } ?? []
        let cause =
            record.serviceStop == nil ? "raise --budget" : "the server stopped serving; start it again, and go on"
        let known =
            window.isKnown
            ? [] : ["The search ended before both ends were known to a tenth of the width: \(cause)."]
        return ends + width + [inside, spent] + known + (race.again.isEmpty ? [] : ["Again: \(race.again)"])
    }
}
