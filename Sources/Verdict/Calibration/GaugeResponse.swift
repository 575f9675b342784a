import Record

/// How one gauge answers to streams that open and end in good order: readings in, what they tell out.
///
/// A pure value that is fed as the readings come, so that the calibration can stop looking once it has seen enough.
/// Times are seconds since the run's start.
public struct GaugeResponse: Sendable {
    /// Readings in a row that must agree for a gauge to stand still.
    public static let steadyReadings = 4
    /// The share of a fall that must come in one reading for it to be one of a cache or a sweep.
    static let atOnceShare = 0.8
    /// The longest time between two readings whose difference tells what went at once, in seconds: on a machine too busy
    /// to look more often, what goes one by one looks the same.
    static let closeReadings = 0.25
    /// Changes of direction, while nothing happens, that tell of several processes.
    static let turns = 2
    /// The share of the streams that the lowest reading of several processes shows at most: the smallest of two shares
    /// is at most half.
    static let splitShare = 0.6
    /// The share of what earlier waves left that must go at once for it to have been collected.
    static let sweepShare = 0.5
    /// Half a unit: what a count must pass to have changed.
    static let half = 0.5

    private struct Wave {
        var streams: Int
        var opened: Double
        /// Where it would be without the wave.
        var floor: Double
        var rose: Double?
        var rise = 0.0
        var closed: Double?
        /// Since when it has stood at its floor again.
        var fell: Double?
        /// The last reading that did not show the opening, and the last that did not show the end yet.
        ///
        /// Lags count to these: a machine that is too busy to look makes no gauge late.
        var lastDown: Double?
        var lastUp: Double?

        /// How long the opening was not shown, in seconds; nil where it never was.
        var openingLag: Double? { rose.map { _ in max(0, (lastDown ?? opened) - opened) } }
        /// How long the end was not shown, in seconds; nil where it never was.
        var endingLag: Double? {
            guard fell != nil, let closed else { return nil }
            return max(0, (lastUp ?? closed) - closed)
        }
        /// The biggest fall from one reading to the next, and the biggest of those that lay close together.
        var biggestFall = 0.0
        var biggestCloseFall = 0.0
        /// All that fell between readings that lay far apart.
        var unwatchedFall = 0.0
        var last: Double?

        mutating func noteFall(_ fall: Double, isWatched: Bool) {
            guard fall > 0 else { return }
            biggestFall = max(biggestFall, fall)
            if isWatched { biggestCloseFall = max(biggestCloseFall, fall) } else { unwatchedFall += fall }
        }

        /// Whether its streams went in one instant; nil where nobody looked at the time.
        var fellAtOnce: Bool? {
            guard fell != nil else { return false }
            let most = GaugeResponse.atOnceShare * rise
            if biggestCloseFall >= most { return true }
            return rise - unwatchedFall >= most ? false : unwatchedFall > 0 ? nil : false
        }
    }

    /// By how much its readings scatter when nothing happens.
    public let noise: Double
    private let quietLow: Double
    private let quietHigh: Double
    private var waves: [Wave] = []
    private var recent: [Double] = []
    private var latest: Double?
    private var latestTime: Double?
    private var hasFallen = false
    private var alternates = false
    private var waited = 0.0

    /// A gauge before anything was opened; nil where it could not be read.
    ///
    /// - Parameter quiet: its readings until now.
    public init?(quiet: [Double]) {
        guard let low = quiet.min(), let high = quiet.max() else { return nil }
        (quietLow, quietHigh, noise) = (low, high, high - low)
        latest = quiet.last
        hasFallen = zip(quiet, quiet.dropFirst()).contains { $0 > $1 }
    }

    /// Streams begin to open, one wave of them.
    public mutating func open(at time: Double) {
        let floor = waves.isEmpty ? quietHigh : max(quietHigh, latest ?? quietHigh)
        waves.append(Wave(streams: 0, opened: time, floor: floor))
        recent = []
    }

    /// All streams of the wave stand open.
    public mutating func stand(_ streams: Int, at time: Double) {
        guard let index = waves.indices.last else { return }
        waves[index].streams = streams
        waves[index].opened = time
        // What it showed on the way is no going back and forth.
        recent = []
    }

    /// The wave's streams have ended in good order.
    ///
    /// - Parameter isCalm: whether none of them ended or began while they stood: else the gauge has reason to go back and
    ///   forth.
    public mutating func close(at time: Double, isCalm: Bool = true) {
        guard let index = waves.indices.last else { return }
        alternates = alternates || isCalm && isTurning && isSplit(waves[index])
        if waves[index].rose != nil {
            waves[index].rise = Self.median(recent.suffix(Self.steadyReadings)) - waves[index].floor
        }
        waves[index].closed = time
        recent = []
    }

    /// Takes a reading that was begun at a time.
    public mutating func note(_ value: Double, at time: Double) {
        if let latest, value < latest { hasFallen = true }
        recent.append(value)
        noteSweep(value, at: time)
        for index in waves.indices { note(value, at: time, in: index) }
        latest = value
        latestTime = time
    }

    /// A fall while a wave opens or stands takes away what earlier waves had left: the wave stands on lower ground.
    private mutating func noteSweep(_ value: Double, at time: Double) {
        guard let current = waves.indices.last, current > 0, waves[current].closed == nil, let latest else { return }
        let leftover = waves[current].floor - waves[0].floor
        guard leftover > threshold, latest - value >= Self.sweepShare * leftover else { return }
        waves[current].floor = waves[0].floor
        for index in 0..<current where waves[index].fell == nil {
            waves[index].fell = time
            waves[index].noteFall(leftover, isWatched: isClose(time))
        }
    }

    private mutating func note(_ value: Double, at time: Double, in index: Int) {
        let isUp = value > waves[index].floor + threshold
        guard let closed = waves[index].closed else {
            guard waves[index].rose == nil else { return }
            if isUp {
                waves[index].rose = time
                recent = [value]
            } else {
                waves[index].lastDown = time
            }
            return
        }
        let isLast = index == waves.count - 1
        if let latest { waves[index].noteFall(latest - value, isWatched: isClose(time)) }
        if isLast {
            waves[index].last = value
            waited = max(waited, time - closed)
        }
        if !isUp {
            waves[index].fell = waves[index].fell ?? time
        } else if isLast || waves[index].fell == nil {
            // Of an earlier wave that has fallen it is not known what is up again.
            waves[index].fell = nil
            waves[index].lastUp = time
        }
    }

    private func isClose(_ time: Double) -> Bool { latestTime.map { time - $0 <= Self.closeReadings } ?? true }

    /// Whether it came back, and of no wave it is known whether all went at once.
    public var needsCloserLook: Bool {
        let fallen = waves.filter { $0.rose != nil && $0.closed != nil && $0.streams > 0 && $0.fell != nil }
        return !fallen.isEmpty && fallen.allSatisfy { $0.fellAtOnce == nil }
    }

    /// Whether it shows the streams that stand open.
    public var hasRisen: Bool { waves.last?.rose != nil }

    /// How long it took to show the streams that stand open, in seconds; nil where it has not.
    public var openingLag: Double? { waves.last?.openingLag }

    /// Whether it shows that the streams have ended; also where it never showed that they were open.
    public var hasReturned: Bool {
        guard let wave = waves.last else { return true }
        return wave.rose == nil || wave.fell != nil
    }

    /// Whether its last readings agree, as far as it ever does.
    public var isSteady: Bool {
        guard recent.count >= Self.steadyReadings else { return false }
        let last = recent.suffix(Self.steadyReadings)
        return (last.max() ?? 0) - (last.min() ?? 0) <= noise
    }

    /// What a change must pass to be none of its noise.
    private var threshold: Double { noise + Self.half }

    private var isTurning: Bool {
        var turns = 0
        var direction = 0.0
        for (before, after) in zip(recent, recent.dropFirst()) where abs(after - before) > noise {
            let next: Double = after > before ? 1 : -1
            if direction != 0, next != direction { turns += 1 }
            direction = next
        }
        return turns >= Self.turns
    }

    /// Whether the lowest reading lacks a good share of the streams that stand: else somebody else's come and go.
    private func isSplit(_ wave: Wave) -> Bool {
        guard let low = recent.min() else { return false }
        return low - wave.floor <= Self.splitShare * Double(wave.streams)
    }

    /// What it came to.
    public var calibration: GaugeCalibration {
        var result = GaugeCalibration(streams: UInt64(waves.map(\.streams).max() ?? 0), noise: noise)
        result.waited = waited
        result.hasFallen = hasFallen
        result.alternates = alternates
        let risen = waves.filter { $0.rose != nil && $0.closed != nil && $0.streams > 0 }
        guard !risen.isEmpty else { return result }
        result.openingLag = risen.compactMap(\.openingLag).max()
        let lags = risen.map(\.endingLag)
        // One that did not come back once did not come back.
        if !lags.contains(nil) {
            result.endingLag = lags.compactMap(\.self).max()
            result.shortestEndingLag = lags.compactMap(\.self).min()
        }
        let known = risen.compactMap(\.fellAtOnce)
        result.fellAtOnce =
            known.isEmpty
            ? risen.allSatisfy { $0.biggestFall >= Self.atOnceShare * $0.rise } : known.allSatisfy(\.self)
        result.left = risen.map { $0.fell == nil ? max(0, ($0.last ?? $0.floor) - $0.floor) : 0 }
        let most = risen.map(\.streams).max()
        if let best = risen.first(where: { $0.streams == most }) {
            let streams = Double(best.streams)
            result.perStream = best.rise / streams
            result.low = (best.rise - noise) / streams
            result.high = (best.rise + noise + (quietHigh - quietLow)) / streams
        }
        return result
    }

    private static func median(_ values: some Collection<Double>) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
