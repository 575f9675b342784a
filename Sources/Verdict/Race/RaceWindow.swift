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
