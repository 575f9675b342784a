import Vocabulary

/// How the closed streams of a scenario come back.
public struct ReconnectOptions: Equatable, Sendable {
    /// Streams that are dropped all at once.
    public struct MassDrop: Equatable, Sendable {
        /// The manners in which that can be done.
        public static let manners: [Manner] = [.fin, .rst, .vanish]

        /// When, in ns from the start of the load, in rising order.
        public var moments: [Nanoseconds]
        /// How.
        public var manner = Manner.rst

        /// Drops by `rst`.
        public init(moments: [Nanoseconds]) { self.moments = moments }
    }

    /// Whether a stream comes back after the time that the server's last `retry` field told.
    public var honourRetry = true
    /// Whether it says by `Last-Event-ID` which event it has seen last.
    public var lastEventID = true
    /// What is added to each wait, drawn from the seed, in ns.
    public var jitter: ClosedRange<Nanoseconds> = 0...(500 * .perMillisecond)
    /// The wait where the server told none, in ns; browsers wait three to five seconds.
    public var after: Nanoseconds = 3 * .perSecond
    /// After how many failures in a row a stream gives up; nil for never within its hold.
    public var attempts: Int?
    /// When every open stream of the scenario is dropped at once; nil for never.
    public var drop: MassDrop?

    /// The ways of a browser.
    public init() {}
}
