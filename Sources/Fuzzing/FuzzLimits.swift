import Vocabulary

/// What the fuzzer allows itself and the server.
public enum FuzzLimits {
    /// Cases that are carried out at once.
    public static let concurrency = 1...1_024
    /// Cases of one batch, after which the oracles are asked.
    static let batch = 256
    /// How long a connection may take to be established, in ns.
    static let connectTime: Nanoseconds = 2 * .perSecond
    /// How long a step that sends may take, in ns: a server need not read what it has refused.
    static let sendTime: Nanoseconds = 200 * .perMillisecond
    /// How long a request of an action may take, in ns.
    static let actionTime: Nanoseconds = 2 * .perSecond
    /// How long a case may wait for what it awaits, in ns.
    public static let awaitTime: Nanoseconds = 10 * .perSecond
    /// How long an open stream is read on at a case's end when nothing comes, in ns.
    static let lingerTime: Nanoseconds = 15 * .perMillisecond
    /// How long it is read on in all, in ns.
    static let longestLinger: Nanoseconds = 300 * .perMillisecond
    /// The same for a stream that had stalled: how much comes is what is asked.
    static let drainTime: Nanoseconds = 200 * .perMillisecond
    /// How long draining may take in all, in ns.
    static let longestDrain: Nanoseconds = 3 * .perSecond
    /// How long a batch may take, in ns; what is left of it then is ended.
    static let batchTime: Nanoseconds = 30 * .perSecond
    /// Bytes that may be kept for a reader that has stalled, in user space.
    static let queuedBytes = 1 << 20
    /// The longest response head that is read, in bytes.
    static let headBytes = 64 << 10
    /// The longest event that is read, in bytes.
    static let eventBytes = 4 << 20
    /// Last event IDs kept of a stream.
    static let keptIDs = 64
    /// Streams that watch over the server, of each transport.
    static let canaries = 2
    /// The time from one event of the canaries to the next, in ns.
    static let canaryPeriod: Nanoseconds = 100 * .perMillisecond
    /// How long an event may take to the canaries, in ns.
    static let canaryLatency: Nanoseconds = 2 * .perSecond
    /// How long heartbeats are learned before the first case, in ns.
    static let learningTime: Nanoseconds = 1_200 * .perMillisecond
    /// How long a gauge may stay above its baseline without falling before it counts as a leak, in ns.
    static let settleTime: Nanoseconds = 2 * .perSecond
    /// The same where a leak is known and only looked for again.
    static let quickSettleTime: Nanoseconds = 400 * .perMillisecond
    /// How long a gauge may go on falling, in ns.
    static let longestSettle: Nanoseconds = 20 * .perSecond
    /// How long the answer to the health check may take, in ns.
    static let healthTime: Nanoseconds = 5 * .perSecond
    /// How long a server that has gone may take to come back, in ns.
    public static let returnTime: Nanoseconds = 30 * .perSecond
    /// How long is waited for what a server's timers do after a case, in ns; its heartbeat says how long within this.
    static let vigil: ClosedRange<Nanoseconds> = 2 * .perSecond...30 * .perSecond
    /// How often is looked meanwhile whether it stands, in ns.
    static let vigilPeriod: Nanoseconds = 50 * .perMillisecond
    /// Cases that are kept as suspects of a server's end; the last ones.
    static let suspects = 4_096
    /// Of those the ones that are written where none was found to do it alone.
    static let writtenSuspects = 256
    /// How often a problem may be seen that no case repeats before it fails the run.
    static let sightings = 8
    /// Times that a case may be carried out while it is shrunk.
    static let shrinkTrials = 300
    /// How long a case may be shrunk, in ns.
    static let shrinkTime: Nanoseconds = 60 * .perSecond
    /// Copies of a case that are carried out at once to have a problem again: a race needs others to race with, and luck.
    static let copies = [1, 8, 32, 32, 128]
    /// Bytes of a replay file.
    public static let replayBytes = 4 << 20
    /// Steps of a replay file.
    public static let replaySteps = 1_000
    /// Cases that are read from a corpus.
    static let corpusCases = 10_000
}
