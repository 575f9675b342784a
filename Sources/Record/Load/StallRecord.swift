import Vocabulary

/// What became of connections that stalled at one stage: they stayed open and said nothing more.
public struct StallRecord: Codable, Equatable, Mergeable, Sendable {
    /// The stage at which they stalled.
    public var stage: Stage
    /// Stalled connections that the server ended.
    public var ended: UInt64 = 0
    /// The shortest time after which the server ended one, in ns; nil where it ended none.
    public var endedFirst: Nanoseconds?
    /// The longest time after which the server ended one, in ns; nil where it ended none.
    public var endedLast: Nanoseconds?
    /// Stalled connections that the server had not ended when this side did.
    public var kept: UInt64 = 0
    /// The longest time for which the server kept one until this side ended it, in ns; nil where it kept none.
    public var keptLongest: Nanoseconds?

    /// No stalls at a stage.
    public init(stage: Stage) { self.stage = stage }

    /// Notes that the server has ended a connection, a time after it stalled, in ns.
    public mutating func noteEnd(after span: Nanoseconds) {
        ended.saturatingAdd(1)
        endedFirst = min(endedFirst ?? span, span)
        endedLast = max(endedLast ?? span, span)
    }

    /// Notes that the server has kept a connection for a time, in ns.
    public mutating func noteKept(for span: Nanoseconds) {
        kept.saturatingAdd(1)
        keptLongest = max(keptLongest ?? span, span)
    }

    /// Adds what became of others that stalled at the same stage.
    public mutating func merge(_ other: StallRecord) {
        ended.saturatingAdd(other.ended)
        endedFirst = [endedFirst, other.endedFirst].compactMap(\.self).min()
        endedLast = [endedLast, other.endedLast].compactMap(\.self).max()
        kept.saturatingAdd(other.kept)
        keptLongest = [keptLongest, other.keptLongest].compactMap(\.self).max()
    }

    /// The stalls of two loads, those of one stage as one, in the stages' order.
    static func merged(_ left: [StallRecord], _ right: [StallRecord]) -> [StallRecord] {
        var all = left
        all.merge(right) { $0.stage == $1.stage }
        return all.sorted { $0.stage < $1.stage }
    }
}

/// When nothing of a load was left but connections that had stalled before their request, so that gauges tell what these
/// hold.
public struct StallHold: Codable, Equatable, Mergeable, Sendable {
    /// How many there were.
    public var connections: UInt64
    /// From when on nothing else was there, in seconds since the load's start.
    public var start: Double
    /// When the first of them was gone, in seconds since the load's start; nil where none was there.
    public var end: Double?

    /// A hold from its parts.
    public init(connections: UInt64, start: Double, end: Double?) {
        self.connections = connections
        self.start = start
        self.end = end
    }

    /// Adds those of another worker of the same load: nothing else is there once that is so for both.
    public mutating func merge(_ other: StallHold) {
        connections.saturatingAdd(other.connections)
        start = max(start, other.start)
        end = [end, other.end].compactMap(\.self).min()
    }
}
