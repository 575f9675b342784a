import Vocabulary

/// A time in which streams were away, from the first closure until the last is back; to a tenth of a second.
public struct Outage: Codable, Equatable, Sendable {
    /// The share of a load's open streams that must be away at once for a mass closure.
    public static let massShare = 0.5

    /// When the first stream was closed, in seconds since the load's start.
    public var start: Double
    /// When the last was open again, in seconds since the load's start; nil where not all came back.
    public var end: Double?
    /// Streams that were closed.
    public var closed: UInt64 = 0
    /// Connections started to come back.
    public var attempts: UInt64 = 0
    /// Attempts that failed.
    public var failed: UInt64 = 0
    /// Streams that were open again.
    public var returned: UInt64 = 0
    /// Clients that will not come back.
    public var gone: UInt64 = 0
    /// The most streams that were away at once.
    public var mostAway: UInt64 = 0
    /// The most attempts in a second, as the busiest tenth of one shows.
    public var peakRate: Double = 0

    /// Until all were back, in seconds; nil where not all came back.
    public var lasted: Double? { end.map { $0 - start } }

    fileprivate init(_ window: ReconnectWindow) { start = window.start }
}

extension ReconnectRecord {
    /// The most connections started in a second to come back, as the busiest tenth of one shows; nil without any.
    public var peakRate: Double? {
        let most = windows.map(\.attempts).max() ?? 0
        return most > 0 ? Double(most) / ReconnectWindow.length.inSeconds : nil
    }

    /// The times in which streams were away, in order.
    public var outages: [Outage] {
        var outages: [Outage] = []
        var current: Outage?
        var away: UInt64 = 0
        for window in windows {
            var outage = current ?? Outage(window)
            outage.closed.saturatingAdd(window.closed)
            outage.attempts.saturatingAdd(window.attempts)
            outage.failed.saturatingAdd(window.failed)
            outage.returned.saturatingAdd(window.returned)
            outage.gone.saturatingAdd(window.gone)
            outage.peakRate = max(outage.peakRate, Double(window.attempts) / ReconnectWindow.length.inSeconds)
            away.saturatingAdd(window.closed)
            outage.mostAway = max(outage.mostAway, away)
            let back = window.returned.saturatingAdding(window.gone)
            away = away > back ? away - back : 0
            current = outage
            guard away == 0 else { continue }
            if outage.gone == 0 { outage.end = window.start + ReconnectWindow.length.inSeconds }
            if outage.closed > 0 { outages.append(outage) }
            current = nil
        }
        if let current, current.closed > 0 { outages.append(current) }
        return outages
    }
}

/// What happened to streams that come back in one tenth of a second of the load.
public struct ReconnectWindow: Codable, Equatable, Sendable {
    /// How long a window lasts, in ns.
    public static let length: Nanoseconds = 100 * .perMillisecond

    /// Its number: the windows since the load's start.
    public var index: UInt64
    /// Streams that were closed.
    public var closed: UInt64 = 0
    /// Connections started to come back.
    public var attempts: UInt64 = 0
    /// Attempts that failed.
    public var failed: UInt64 = 0
    /// Streams that were open again.
    public var returned: UInt64 = 0
    /// Clients that will not come back.
    public var gone: UInt64 = 0

    /// A window in which nothing has happened.
    public init(index: UInt64) { self.index = index }

    /// When it begins, in seconds since the load's start.
    public var start: Double { Double(index) * Self.length.inSeconds }

    /// The windows of two lists, each in order, those of one number as one.
    static func merged(_ left: [ReconnectWindow], _ right: [ReconnectWindow]) -> [ReconnectWindow] {
        var sums = Dictionary(left.map { ($0.index, $0) }) { $0.adding($1) }
        for window in right { sums[window.index] = sums[window.index]?.adding(window) ?? window }
        return sums.values.sorted { $0.index < $1.index }
    }

    private func adding(_ other: ReconnectWindow) -> ReconnectWindow {
        var sum = self
        sum.closed.saturatingAdd(other.closed)
        sum.attempts.saturatingAdd(other.attempts)
        sum.failed.saturatingAdd(other.failed)
        sum.returned.saturatingAdd(other.returned)
        sum.gone.saturatingAdd(other.gone)
        return sum
    }
}
