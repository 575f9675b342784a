import Vocabulary

/// The bounds and tolerances that judging keeps to.
public enum VerdictLimits {
    /// The most findings kept; the lightest are left out first, and the last one kept says how many.
    public static let findings = 100
    /// The most lines of evidence a finding keeps.
    public static let evidence = 24
    /// The most leaks kept; the lightest are left out.
    public static let leaks = 1_000
    /// The most gauges that a line names.
    public static let namedGauges = 6
    /// How much later than the settle time a residual may have gone that has gone by itself, in seconds.
    static let settleGrace = 0.25
    /// The most error names that a finding lists.
    public static let errorNames = 12
    /// A residual of a byte gauge above which kept memory is worth a word, in bytes.
    public static let keptMemory = 16.0 * 1024 * 1024
    /// The share of failed connections from which a run fails, where no threshold says what is too many.
    public static let failingShare = 0.5
    /// The silence of a stream from which it is a warning that proxies would cut it, in ns.
    public static let longSilence: Nanoseconds = 60 * .perSecond
    /// The share of a level's streams that must be open at its end for the level to hold.
    ///
    /// Short of all, so that the thresholds on errors decide about single ones.
    public static let leastOpenShare = 0.99
    /// The most a gauge of a process may hold above its baseline and still be clean, by the gauge's name.
    ///
    /// Healthy servers grow a thread pool, open a log or a connection to a backend only once load arrives, and keep
    /// them. A leak repeats with every drop and passes this slack at once. Gauges that are not listed have none.
    public static let slack: [String: Double] = [
        "fds": 2, "fds.socket": 2, "fds.pipe": 2, "fds.file": 2, "fds.eventpoll": 2, "fds.other": 2, "sockets": 2,
        "threads": 2,
    ]
    /// The most a queue may hold for a client that does not read, and still grow, in bytes.
    public static let slowReaderBytes = 1_048_576.0
    /// What any other stream may add to a process's memory while slow readers are watched, in bytes.
    public static let healthyStreamBytes = 262_144.0
    /// The share of a gauge's growth that must fall into the last third of it for a queue without a bound.
    public static let lateGrowthShare = 0.1
    /// The fewest readings that tell how a gauge grew beside slow readers.
    public static let fewestGrowthPoints = 4
    /// How many times longer than before a span of healthy streams must be beside slow readers to be called worse.
    public static let harmFactor = 2.0
    /// By how much longer it must be at least, in ns.
    public static let harmSpan: Nanoseconds = 20 * .perMillisecond
    /// The fewest spans before, and beside, that are compared.
    public static let fewestHarmSpans: UInt64 = 100
    /// The fewest requests of a bystander before the streams, and beside them, that are compared.
    public static let fewestBystanders: UInt64 = 5
    /// How many times longer than before a bystander's answers must take beside streams to be called harmed.
    public static let bystanderFactor = 5.0
    /// By how much longer they must take at least, in ns: more than a busy machine of two processors makes of nothing.
    public static let bystanderSpan: Nanoseconds = 250 * .perMillisecond
    /// How long they take where users notice, so that the run fails, in ns.
    public static let bystanderStall: Nanoseconds = 1 * .perSecond
    /// The share of a bystander's requests, above that before the streams, that must fail beside them.
    public static let bystanderFailures = 0.1
    /// The fewest of them that must fail.
    public static let fewestBystanderFailures: UInt64 = 3
    /// How long a stalled connection must be kept for a warning, in ns.
    ///
    /// Widespread servers end one after 10 s to 90 s; whoever looks for a shorter time cannot tell.
    public static let longHandshake: Nanoseconds = 90 * .perSecond
    /// The fewest stalled connections, alone with the server, that tell what one holds.
    public static let fewestHeld: UInt64 = 4
    /// The least memory that a thousand stalled clients must take to be worth a word, in bytes.
    public static let fewestHeldBytes = 1_048_576.0
    /// The fewest errors of a name that a pattern is seen in.
    public static let fewestPatternErrors: UInt64 = 2
    /// The most time bins that a trend is computed from: 12,720 pairs.
    public static let trendBins = 160
    /// The fewest time bins that a trend is computed from; a gauge with fewer has none.
    public static let fewestTrendBins = 30
    /// The shortest time under constant load that a trend is computed from, in seconds.
    public static let shortestTrend = 30.0
    /// The most gauges whose trends are computed; those after them have none.
    public static let slopes = 500
    /// The standard normal quantile of a trend: it leaves 0.5% on each side, for a 99% interval.
    static let trendQuantile = 2.575829303548901
    /// The standard normal quantile that leaves 5% above it.
    static let oneSidedQuantile = 1.644853626951472
}
