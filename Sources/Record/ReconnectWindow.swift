import Vocabulary

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
