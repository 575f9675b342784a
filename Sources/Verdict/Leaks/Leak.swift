import Record
import Vocabulary

/// What a gauge lost for good, or for a while, and to which stage and manner it was traced.
public struct Leak: Codable, Equatable, Sendable {
    /// The gauge.
    public var gauge: String
    /// The probe that read it.
    public var probe: String
    /// The stage it was traced to; nil where it was traced to none.
    public var stage: Stage?
    /// The manner it was traced to; nil where it was traced to none.
    public var manner: Manner?
    /// Drops that the figures below count from: those of the stage, or of the whole run.
    public var drops: UInt64
    /// Units left behind by those drops.
    public var leaked: Double
    /// Units left behind by a thousand drops; nil without drops.
    public var per1000Drops: Double?
    /// The lower end of the 95% interval of ``per1000Drops``.
    public var low: Double?
    /// The upper end of the 95% interval of ``per1000Drops``.
    public var high: Double?
    /// What becomes of it.
    public var `class`: LeakClass
    /// Whether the class may be a worse one, as what came later could not be read; nil where it cannot.
    public var isAtLeast: Bool?

    /// A leak from its parts.
    public init(
        gauge: String,
        probe: String,
        stage: Stage?,
        manner: Manner?,
        drops: UInt64,
        leaked: Double,
        per1000Drops: Double?,
        low: Double?,
        high: Double?,
        class: LeakClass,
        isAtLeast: Bool = false
    ) {
        self.gauge = gauge
        self.probe = probe
        self.stage = stage
        self.manner = manner
        self.drops = drops
        self.leaked = leaked
        self.per1000Drops = per1000Drops
        self.low = low
        self.high = high
        self.class = `class`
        self.isAtLeast = isAtLeast ? true : nil
    }
}

extension LeakClass {
    /// How bad the class is, from 0 for none.
    var weight: Int {
        switch self {
        case .none: 0
        case .drains: 1
        case .bounded: 2
        case .untilBroadcast: 3
        case .permanent: 4
        }
    }
}

/// Traces a leak to the stages and manners that cause it.
struct LeakTracer {
    private let record: RunRecord
    private let drops: [DropCount]
    private let totalDrops: UInt64

    /// A tracer of a record's leaks.
    init(record: RunRecord) {
        self.record = record
        drops = DropCount.merged(record.load.drops, []).filter { $0.count > 0 }
        totalDrops = drops.reduce(0) { $0.saturatingAdding($1.count) }
    }

    /// The leaks of a gauge, the highest rate first; none where it does not leak.
    ///
    /// The cells that were tried alone come after the load, when whatever opens lazily stands open: they have no slack.
    func leaks(of verdict: GaugeVerdict) -> [Leak] {
        guard let leakClass = verdict.class, leakClass.isLeak else { return [] }
        let tried = cells(of: verdict)
        let showing = tried.filter { $0.residual > 0 }
        if drops.count == 1, let only = drops.first, tried.isEmpty || !showing.isEmpty {
            return [leak(verdict, leakClass, only.stage, only.manner, drops: only.count, leaked: verdict.leaked)]
        }
        if showing.isEmpty {
            // What was dropped at one stage only needs no trial to be of that stage.
            let stages = Set(drops.map(\.stage))
            let only = tried.isEmpty && stages.count == 1 ? stages.first : nil
            return [leak(verdict, leakClass, only, nil, drops: totalDrops, leaked: verdict.leaked)]
        }
        return showing.map { leak(verdict, leakClass, $0.stage, $0.manner, drops: $0.drops, leaked: $0.residual) }
            .sorted { left, right in
                let (leftRate, rightRate) = (left.per1000Drops ?? 0, right.per1000Drops ?? 0)
                return leftRate != rightRate ? leftRate > rightRate : place(left) < place(right)
            }
    }

    /// Why a leak was traced to no stage, a sentence each.
    func whyUntraced(_ verdict: GaugeVerdict) -> [String] {
        let tried = cells(of: verdict)
        if totalDrops == 0 { return ["No connection was dropped on purpose; what ended in good order left it behind."] }
        if tried.isEmpty, let stop = record.serviceStop {
            return ["The server stopped serving (\(stop.words)), so no stage and no manner could be tried alone."]
        }
        if tried.isEmpty { return ["\(drops.count) stages and manners were mixed, and none was tried alone."] }
        let most = tried.map(\.drops).max() ?? 0
        return [
            "\(tried.count) stages and manners were tried alone with up to \(Wording.count(most, "drop")) each; "
                + "none left anything."
        ]
    }

    private func cells(of verdict: GaugeVerdict) -> [Attribution] {
        let noise = record.gauges.first { $0.seriesName == verdict.seriesName }?.calibration?.noise ?? 0
        return record.attributions.filter { $0.probe == verdict.probe && $0.gauge == verdict.gauge }.map { cell in
            var cell = cell
            if cell.residual <= noise { cell.residual = 0 }
            return cell
        }
    }

    private func place(_ leak: Leak) -> (Int, Int) {
        (leak.stage?.order ?? -1, leak.manner.flatMap(Manner.allCases.firstIndex) ?? -1)
    }

    private func leak(
        _ verdict: GaugeVerdict,
        _ leakClass: LeakClass,
        _ stage: Stage?,
        _ manner: Manner?,
        drops: UInt64,
        leaked: Double
    ) -> Leak {
        let interval = RateInterval(leaked: leaked, drops: drops)
        return Leak(
            gauge: verdict.gauge,
            probe: verdict.probe,
            stage: stage,
            manner: manner,
            drops: drops,
            leaked: leaked,
            per1000Drops: drops > 0 ? 1_000 * leaked / Double(drops) : nil,
            low: interval.map { 1_000 * $0.low },
            high: interval.map { 1_000 * $0.high },
            class: leakClass,
            isAtLeast: verdict.isAtLeast
        )
    }
}

extension FindingKind {
    /// What the server keeps for clients that are gone.
    public static let leak = FindingKind(
        "leak",
        matters: "What the server keeps for a client that is gone adds up until memory or descriptors run out.",
        look: "Look at everything the server keeps for a connection: does each way to end one release it?",
        advise: LeakAdvice.advise
    ) { $0.leaks }
}

extension FindingRules {
    /// Gauges that leak.
    fileprivate var leaks: [Finding] {
        traced.compactMap { verdict, leaks -> Finding? in leaks.first.map { leak(verdict, leaks, $0) } }
    }
}

extension FindingKind {
    /// A leak was traced to no stage.
    public static let leakNotAttributed = FindingKind(
        "leak-not-attributed",
        matters: "The leak is real, but no single stage left it when it was tried alone, so it may need load, or "
            + "several causes.",
        look: "Run `hydrotest matrix` with this profile, with more drops in each cycle, to find the stage and manner."
    ) { $0.leaksNotAttributed }
}

extension FindingRules {
    /// Why leaks could not be traced, for each such.
    fileprivate var leaksNotAttributed: [Finding] {
        traced.compactMap { verdict, leaks -> Finding? in
            guard let worst = leaks.first, worst.stage == nil else { return nil }
            return finding(
                .leakNotAttributed,
                .info,
                "\(verdict.gauge): the leak was traced to no stage",
                tracer.whyUntraced(verdict)
            )
        }
    }

    private func leak(_ verdict: GaugeVerdict, _ leaks: [Leak], _ worst: Leak) -> Finding {
        let rate = worst.per1000Drops.map {
            "\(leaks.count > 1 ? "up to " : "")\(Wording.number($0)) leaked per 1,000 drops"
        }
        return finding(
            .leak,
            .failure,
            "\(verdict.gauge): \(rate ?? "\(Wording.number(worst.leaked)) leaked")\(places(leaks, worst)), "
                + LeakWording.name(worst.class, isAtLeast: verdict.isAtLeast),
            verdict.evidence + [LeakWording.meaning(worst.class)] + workGoesOn(leaks)
                + ["Read by the probe \(verdict.probe)."] + leaks.map(line),
            gauge: verdict.seriesName
        )
    }

    /// Where a gauge's leaks come from: one place, one stage with its manners, or the worst place and how many more.
    private func places(_ leaks: [Leak], _ worst: Leak) -> String {
        guard leaks.count > 1 else { return LeakWording.place(worst) }
        if let stage = worst.stage, leaks.allSatisfy({ $0.stage == stage }) {
            let manners = Manner.allCases.filter { manner in leaks.contains { $0.manner == manner } }.map(\.rawValue)
            return " at \(stage.rawValue) (\(manners.joined(separator: ", ")))"
        }
        return LeakWording.place(worst) + " and \(leaks.count - 1) more"
    }

    private func line(_ leak: Leak) -> String {
        let place = leak.stage == nil ? "Over the whole run" : "Dropped\(LeakWording.place(leak))"
        let left = "\(place): \(Wording.number(leak.leaked)) left by \(Wording.count(leak.drops, "drop"))"
        guard let rate = leak.per1000Drops, let low = leak.low, let high = leak.high else { return left + "." }
        return left + ", \(Wording.number(rate)) per 1,000 (95% interval \(Wording.number(low)) to "
            + "\(Wording.number(high)))."
    }
}
