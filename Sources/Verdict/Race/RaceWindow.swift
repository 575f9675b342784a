import Record
import Vocabulary

/// The delays between reaching a stage and dropping in which a leak happens.
public struct RaceWindow: Codable, Equatable, Sendable {
    /// How wide, as a share of the window's width, each end's 95% interval may be for the window to be known.
    public static let knownShare = 0.1
    /// Drops at the stage from which a window is known, at least.
    ///
    /// A busy machine moves the ends for some seconds at a time, which the spread within fewer drops does not show.
    public static let leastDrops: UInt64 = 2_000

    /// An end of a window: the delay at which the share of leaks is half of that inside.
    public struct Edge: Codable, Equatable, Sendable {
        /// The delay, in ns.
        public var delay: Nanoseconds
        /// The lower end of its 95% interval, in ns.
        public var from: Nanoseconds
        /// The upper end of its 95% interval, in ns.
        public var to: Nanoseconds
    }

    /// The lower end; nil where the shortest delay that was tried leaks as well, unless that is none: then it is 0.
    public var low: Edge?
    /// The upper end; nil where the longest delay that was tried leaks as well.
    public var high: Edge?
    /// The scale over which the share rises and falls at the ends, in ns.
    public var blur: Nanoseconds
    /// The share of the drops inside the window that leak.
    public var share: Double
    /// The lower end of the 95% interval of ``share``.
    public var shareFrom: Double
    /// The upper end of the 95% interval of ``share``.
    public var shareTo: Double
    /// The drops inside the window, away from its ends.
    public var drops: UInt64
    /// What they left behind, in units.
    public var leaked: Double
    /// Whether each end's interval is close enough.
    public var isKnown: Bool

    /// The window's width, in ns; nil where an end is open.
    public var width: Nanoseconds? {
        guard let low, let high, high.delay > low.delay else { return nil }
        return high.delay - low.delay
    }
}

/// Judges the search for a race: the window, and the leak in it.
public struct RaceJudge: Sendable {
    private let record: RunRecord

    /// A judge of a record's search.
    public init(record: RunRecord) { self.record = record }

    /// The window that was found; nil where nothing leaked, or no search was made.
    public var window: RaceWindow? {
        guard let race = record.race else { return nil }
        return WindowEstimate(points, within: RaceSearch.microseconds(race.from...max(race.from, race.to)))?.window
    }

    /// The shares of leaks over the delays, in ns, of the batches at the stage that leaks.
    public var shares: [(delay: Nanoseconds, share: Double, drops: UInt64)] {
        points.map { (Nanoseconds(seconds: $0.delay / 1e6), $0.share, UInt64($0.drops)) }
    }

    private var points: [RacePoint] {
        guard let race = record.race, let stage = race.stage, let gauge = race.gauge else { return [] }
        return RaceReading(race.batches, stage: stage, gauge: gauge).points
    }

    /// The gauges' verdicts as the search sees them: the gauge that it went by leaks, where a window was found.
    func traced(_ verdicts: [GaugeVerdict]) -> [(verdict: GaugeVerdict, leaks: [Leak])] {
        let window = window
        return verdicts.map { verdict in
            let name = "\(verdict.probe).\(verdict.gauge)"
            // After a restart of the server its batches say nothing.
            guard verdict.jump == nil, verdict.isJudged else { return (verdict, []) }
            var judged = verdict
            judged.class = LeakClass.none
            judged.leaked = 0
            judged.unread = []
            guard let race = record.race, race.batches.contains(where: { $0.changes[name] != nil }) else {
                judged.class = verdict.unit == .count ? nil : verdict.class
                judged.unread = ["It could not be read after any batch."]
                return (judged, [])
            }
            guard let window, race.gauge == name, let stage = race.stage else { return (judged, []) }
            // It stood when its batch was over, so that it does more than drain.
            judged.class = verdict.class.flatMap { $0.isLeak ? $0 : nil } ?? .bounded
            judged.leaked = window.leaked
            let leak = Leak(
                gauge: verdict.gauge,
                probe: verdict.probe,
                stage: stage,
                manner: race.manner,
                drops: window.drops,
                leaked: window.leaked,
                per1000Drops: 1_000 * window.share,
                low: 1_000 * window.shareFrom,
                high: 1_000 * window.shareTo,
                class: judged.class ?? .bounded
            )
            return (judged, [leak])
        }
    }
}

/// What the batches of a search say of the window.
struct WindowEstimate {
    /// The fit.
    let fit: WindowFit
    /// Where the batches lie, without a model.
    let bracket: WindowBracket
    private let points: [RacePoint]
    private let range: ClosedRange<Double>

    /// The estimate of a window; nil where nothing leaked.
    ///
    /// - Parameter range: the delays that were to be tried, in µs.
    init?(_ points: [RacePoint], within range: ClosedRange<Double>) {
        guard let bracket = WindowBracket(points) else { return nil }
        self.points = points
        self.range = range
        self.bracket = bracket
        let tried =
            min(
                range.lowerBound,
                points.map(\.delay).min() ?? 0
            )...max(
                range.upperBound,
                points.map(\.delay).max() ?? 0
            )
        fit = WindowFit(points, from: bracket.guess(within: range), within: tried)
    }

    /// The width of the window, in µs; up to the delays that were tried where it is open.
    var width: Double { max(1, (fit.model.high ?? range.upperBound) - (fit.model.low ?? range.lowerBound)) }

    /// Whether each end is known to a share of the width.
    var isKnown: Bool {
        let most = RaceWindow.knownShare * width / 2
        return points.reduce(0) { $0 + $1.drops } >= Double(RaceWindow.leastDrops)
            && [fit.half(of: .low), fit.half(of: .high)].allSatisfy { ($0 ?? 0) <= most }
    }

    /// The window for a report.
    var window: RaceWindow {
        let model = fit.model
        let start = model.low ?? range.lowerBound
        func inside(_ margin: Double) -> [RacePoint] {
            points.filter {
                $0.delay >= start + margin * width && $0.delay <= start + (1 - margin) * width
            }
        }
        var batches = inside(0.25)
        if batches.isEmpty { batches = inside(0) }
        let drops = UInt64(batches.reduce(0) { $0 + $1.drops })
        let leaked = batches.reduce(0) { $0 + $1.leaked }
        let interval = RateInterval(leaked: leaked, drops: drops)
        return RaceWindow(
            low: edge(model.low, fit.half(of: .low)) ?? atOnce,
            high: edge(model.high, fit.half(of: .high)),
            blur: Self.nanoseconds(model.blur),
            share: drops > 0 ? leaked / Double(drops) : model.share,
            shareFrom: interval?.low ?? 0,
            shareTo: interval?.high ?? 1,
            drops: drops,
            leaked: leaked,
            isKnown: isKnown
        )
    }

    /// The end of a window in which a drop at once leaks: nothing can be sooner.
    private var atOnce: RaceWindow.Edge? {
        range.lowerBound == 0 ? RaceWindow.Edge(delay: 0, from: 0, to: 0) : nil
    }

    private func edge(_ delay: Double?, _ half: Double?) -> RaceWindow.Edge? {
        guard let delay, let half else { return nil }
        // Beyond the delays that were tried an interval says nothing.
        return RaceWindow.Edge(
            delay: Self.nanoseconds(delay),
            from: Self.nanoseconds(max(delay - half, 0)),
            to: Self.nanoseconds(min(delay + half, 2 * range.upperBound))
        )
    }

    private static func nanoseconds(_ microseconds: Double) -> Nanoseconds { Nanoseconds(seconds: microseconds / 1e6) }
}

/// Where the ends of a window must lie, by the nearest batches inside and outside of it.
struct WindowBracket {
    /// The share of the best batch's leaks below which a batch lies outside.
    private static let outsideShare = 0.4
    /// How close an end must be bracketed before the window is fitted, as a share of its width.
    private static let closeShare = 0.3
    /// How close an end must be bracketed in any case, in µs: two ticks of the drops' timers.
    private static let closest = 16.0

    /// The last delay outside below the window and the first one inside, in µs; nil where the window is open.
    let low: (outside: Double, inside: Double)?
    /// The last delay inside and the first one outside above the window, in µs; nil where the window is open.
    let high: (inside: Double, outside: Double)?
    /// The share of the leaks among the drops inside.
    let share: Double

    /// The bracket around the batch that leaked most; nil where none leaked.
    init?(_ points: [RacePoint]) {
        let sorted = points.sorted { $0.delay < $1.delay }
        guard let best = sorted.indices.max(by: { sorted[$0].share < sorted[$1].share }), sorted[best].leaked > 0 else {
            return nil
        }
        let least = Self.outsideShare * sorted[best].share
        let below = sorted[..<best].lastIndex { $0.share < least }
        let above = sorted[best...].firstIndex { $0.share < least }
        low = below.map { (sorted[$0].delay, sorted[$0 + 1].delay) }
        high = above.map { (sorted[$0 - 1].delay, sorted[$0].delay) }
        let inside = sorted[((below ?? -1) + 1)..<(above ?? sorted.count)]
        share = inside.reduce(0) { $0 + $1.leaked } / inside.reduce(0) { $0 + $1.drops }
    }

    /// Where the lower end is guessed, in µs; nil where the window is open.
    var middleLow: Double? { low.map { ($0.outside + $0.inside) / 2 } }

    /// Where the upper end is guessed, in µs; nil where the window is open.
    var middleHigh: Double? { high.map { ($0.inside + $0.outside) / 2 } }

    /// The delays that halve the gaps which are too wide for a fit, in µs.
    ///
    /// - Parameter range: the delays that are tried, in µs.
    func halving(within range: ClosedRange<Double>) -> [Double] {
        let width = (middleHigh ?? range.upperBound) - (middleLow ?? range.lowerBound)
        let close = max(Self.closest, Self.closeShare * width)
        var delays: [Double] = []
        if let low, low.inside - low.outside > close { delays.append((low.inside + low.outside) / 2) }
        if let high, high.outside - high.inside > close { delays.append((high.inside + high.outside) / 2) }
        return delays
    }

    /// The window to begin a fit with.
    ///
    /// - Parameter range: the delays that are tried, in µs.
    func guess(within range: ClosedRange<Double>) -> WindowModel {
        let gaps = [low.map { $0.inside - $0.outside }, high.map { $0.outside - $0.inside }].compactMap(\.self)
        return WindowModel(
            low: middleLow,
            high: middleHigh,
            blur: min(max((gaps.max() ?? 16) / 4, 2), range.upperBound),
            share: min(max(share, 0.02), 0.999),
            background: 0.005
        )
    }
}

extension FindingKind {
    /// Drops within a span of time leak.
    public static let raceWindow = FindingKind(
        "race-window",
        matters: "A client that leaves within this time meets the server half way through its registration, and stays. "
            + "On a slow network many clients leave just then.",
        look: "The window's width tells how long the server takes from the stage to its own insertion: look at what "
            + "runs in between.",
        advise: LeakAdvice.adviseOnRace
    ) { $0.raceWindow }
}

extension FindingRules {
    /// The window of a race.
    fileprivate var raceWindow: Finding? {
        guard let (race, window, stage, gauge) = foundRace else { return nil }
        let share = NumberText.threeDigits(100 * window.share)
        return finding(
            .raceWindow,
            .failure,
            "\(gauge): \(share)% of drops leak \(Self.span(window, race)) after \(stage.rawValue) "
                + "(\(race.manner.rawValue))",
            evidence(window, race)
        )
    }
}

extension FindingKind {
    /// No delay that was tried leaked.
    public static let raceNotFound = FindingKind(
        "race-not-found",
        matters: "No delay in the range that was tried leaked, which does not rule out others.",
        look: "Widen --from and --to, raise --budget, or name another --stage and --manner."
    ) { $0.raceNotFound }
}

extension FindingRules {
    /// That no delay leaked.
    fileprivate var raceNotFound: Finding? {
        guard let race = record.race, foundRace == nil else { return nil }
        return finding(
            .raceNotFound,
            .info,
            "no delay from \(DurationText.format(race.from)) to \(DurationText.format(race.to)) leaked",
            ["\(Wording.count(race.drops, "drop")) were made in the manner \(race.manner.rawValue)."]
                + (record.serviceStop == nil
                    ? [] : ["The search ended early, as the server stopped serving: this acquits nothing."])
        )
    }

    private var foundRace: (race: RaceRecord, window: RaceWindow, stage: Stage, gauge: String)? {
        guard let race = record.race, let window, let stage = race.stage, let gauge = race.gauge else { return nil }
        return (race, window, stage, gauge)
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
