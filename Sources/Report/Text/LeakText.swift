import Record
import Verdict
import Vocabulary

/// Leaks in words.
enum LeakText {
    /// What becomes of what was left: `never given back`.
    static func fate(_ class: LeakClass) -> String {
        switch `class` {
        case .none: "nothing is left"
        case .drains: "given back within the settle time"
        case .bounded: "given back by the inactivity timeout"
        case .untilBroadcast: "given back only when something is published"
        case .permanent: "never given back"
        }
    }

    /// The class in words: `at least bounded`.
    static func name(_ leak: Leak) -> String {
        (leak.isAtLeast == true ? "at least " : "") + leak.class.rawValue
    }

    /// Where it was traced to: `headers-received by rst`; nil where it was traced to nothing.
    static func origin(_ leak: Leak) -> String? {
        switch (leak.stage, leak.manner) {
        case (let stage?, let manner?): "\(stage.rawValue) by \(manner.rawValue)"
        case (let stage?, nil): stage.rawValue
        case (nil, let manner?): "any stage by \(manner.rawValue)"
        case (nil, nil): nil
        }
    }

    /// What was left, in the gauge's unit.
    static func amount(_ value: Double, _ unit: GaugeRecord.Unit) -> String {
        FigureText.value(value, unit: unit.rawValue)
    }

    /// The rate and its interval: `38.1 (27.0 – 52.3)`; nil where it was not measured.
    static func rate(_ leak: Leak, _ unit: GaugeRecord.Unit) -> String? {
        guard let rate = leak.per1000Drops else { return nil }
        guard let low = leak.low, let high = leak.high else { return amount(rate, unit) }
        return "\(amount(rate, unit)) (\(amount(low, unit)) – \(amount(high, unit)))"
    }

    /// What a rung of the ladder is, in a few words.
    static func rung(_ rung: GaugeRecord.Rung) -> String {
        switch rung {
        case .loadEnd: "as the last connection ended"
        case .settle: "after the settle time"
        case .inactivity: "after the inactivity timeout"
        case .publish: "after a publish"
        }
    }

    /// What a gauge showed, in a sentence.
    static func sentence(_ gauge: GaugeRecord) -> String {
        let amount = { (value: Double) in Self.amount(value, gauge.unit) }
        var parts: [String] = []
        if let baseline = gauge.baseline { parts.append("baseline \(amount(baseline))") }
        if let peak = gauge.peak { parts.append("peak \(amount(peak))") }
        var above = gauge.residuals.map { "\(amount($0.value)) \(rung($0.rung))" }
        if let first = above.first { above[0] = "above the baseline: " + first }
        parts += above
        if let fell = gauge.fell {
            parts.append("back at its baseline \(FigureText.seconds(fell)) after the load’s end")
        }
        guard !parts.isEmpty else { return "It could not be read." }
        let sentence = parts.joined(separator: ", ") + "."
        return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }
}

/// Trends in words.
enum SlopeText {
    /// A figure and its interval: `180 (170 – 190)`.
    static func estimate(_ estimate: GaugeSlope.Estimate, _ unit: GaugeRecord.Unit) -> String {
        let figure = { (value: Double) in unit == .bytes ? NumberText.bytes(value) : NumberText.threeDigits(value) }
        return "\(figure(estimate.value)) (\(figure(estimate.low)) – \(figure(estimate.high)))"
    }

    /// How often chance alone brings a trend as strong: `0.3%`.
    static func chance(_ p: Double) -> String { p < 0.000_1 ? "< 0.01%" : "\(NumberText.threeDigits(p * 100))%" }
}

/// Drops as a table of stage and manner.
struct DropMatrix {
    private let counts: [Stage: [Manner: UInt64]]
    /// The stages that were dropped at, in order.
    let stages: [Stage]
    /// The manners that were used, in order.
    let manners: [Manner]
    /// The largest count of one stage and manner.
    let largest: UInt64

    /// The table of a list of counts.
    init(_ drops: [DropCount]) {
        var counts: [Stage: [Manner: UInt64]] = [:]
        for drop in drops { counts[drop.stage, default: [:]][drop.manner] = drop.count }
        self.counts = counts
        stages = Stage.allCases.filter { counts[$0] != nil }
        manners = Manner.allCases.filter { manner in counts.values.contains { $0[manner] != nil } }
        largest = drops.map(\.count).max() ?? 0
    }

    /// The drops at a stage in a manner; nil where none was made.
    func count(_ stage: Stage, _ manner: Manner) -> UInt64? { counts[stage]?[manner] }

    /// The drops at a stage in every manner.
    func total(_ stage: Stage) -> UInt64 { counts[stage]?.values.reduce(0) { $0.saturatingAdding($1) } ?? 0 }
}
