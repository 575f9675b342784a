import Vocabulary

/// What a profile may hold and ask for; each limit is named in the error of what exceeds it.
public enum ProfileLimits {
    /// Bytes of a profile's text, and of one text after `${NAME}` was filled in.
    public static let textBytes = 1 << 20
    /// Nodes of a document, with every alias written out.
    public static let nodes = 100_000
    /// Levels of maps and lists within each other.
    public static let depth = 64
    /// What a document's bytes, tripled for every 3 of its aliases, must not exceed: aliases within aliases multiply.
    public static let aliasWork = 1 << 24
    /// Errors kept of one profile.
    public static let errors = 100

    /// Scenarios.
    public static let scenarios = 100
    /// Probes.
    public static let probes = 100
    /// Addresses of one probe, one for each instance.
    public static let instances = 256
    /// Gauges of one probe.
    public static let gauges = 100
    /// Bystanders.
    public static let bystanders = 20
    /// The time from one request of a bystander to the next, in nanoseconds.
    public static let bystanderEvery: ClosedRange<Nanoseconds> = (10 * .perMillisecond)...longestWait
    /// How long an answer to a bystander may take, in nanoseconds.
    public static let bystanderTimeout: ClosedRange<Nanoseconds> = (10 * .perMillisecond)...(60 * .perSecond)
    /// Thresholds.
    public static let thresholds = 1_000
    /// Headers of the target.
    public static let headers = 100
    /// Characters of a name.
    public static let nameLength = 100
    /// Bytes of an address, and of a JSON Pointer.
    public static let addressBytes = 8 << 10
    /// Bytes of a header's value.
    public static let headerValueBytes = 16 << 10

    /// Connections of one scenario.
    public static let connections = 1...10_000_000
    /// Connections per second, at most.
    public static let rate = 10_000_000.0
    /// Ramps of one scenario's rate.
    public static let ramps = 100
    /// Spikes of one scenario.
    public static let spikes = 100
    /// Levels of a climb.
    public static let levels = 1_000
    /// How long a level of a climb may be held, in nanoseconds.
    public static let levelTime: ClosedRange<Nanoseconds> = (100 * .perMillisecond)...longestWait
    /// How much higher a level of a climb may be than the one before it, as a factor.
    public static let levelFactor = 1_000.0
    /// The time from one publish of a climb to the next, in nanoseconds.
    public static let publishEvery: ClosedRange<Nanoseconds> = (100 * .perMillisecond)...longestWait
    /// Bytes of the data that marks a stream's end.
    public static let markerBytes = 1 << 10
    /// Names of a JSON Pointer that is followed in every event.
    public static let pointerNames = 32
    /// Bytes a second that a slow reader may take.
    public static let readRate = 104_857_600.0
    /// Bytes of a socket's receive buffer.
    public static let receiveBuffer = 1_024...(64 << 20)
    /// The event at which a stream may be dropped.
    public static let dropEvents = 1...1_000_000
    /// Bytes of a file that request bodies, or their data, are read from.
    public static let requestFileBytes = 64 << 20
    /// Rows of a file of data.
    public static let dataRows = 100_000
    /// Columns of a file of data.
    public static let dataColumns = 1_000
    /// Bytes of all requests of one scenario, its data filled in.
    public static let requestBytes = 256 << 20
    /// Messages of a publisher per second.
    public static let publishRate = 0.01...10_000.0
    /// How long a message may take before it counts as lost, in nanoseconds.
    public static let publishGrace: ClosedRange<Nanoseconds> = (10 * .perMillisecond)...(60 * .perSecond)
    /// Messages that a publisher may send within that time: each stream remembers twice as many, a bit each.
    public static let messagesWithinGrace = 8_000.0
    /// Failures in a row after which a stream that comes back gives up.
    public static let reconnectAttempts = 1...1_000_000
    /// Moments at which one scenario's streams are dropped all at once.
    public static let massDrops = 100
    /// Commands before, during or after a load.
    public static let hooks = 100
    /// Addresses that one scenario connects from, its ranges written out.
    public static let sources = 65_536
    /// How long arrivals and streams may last, in nanoseconds: 7 days.
    public static let longestRun: Nanoseconds = 7 * 24 * 3_600 * .perSecond
    /// How long any other wait may last, in nanoseconds: an hour.
    public static let longestWait: Nanoseconds = 3_600 * .perSecond
    /// How long a server's inactivity timeout may be, in nanoseconds: a day.
    public static let longestInactivity: Nanoseconds = 24 * 3_600 * .perSecond
    /// Sampling periods of a probe, in nanoseconds.
    public static let every: ClosedRange<Nanoseconds> = (10 * .perMillisecond)...longestWait
    /// How long one reading of a probe may take, in nanoseconds.
    public static let probeTimeout: ClosedRange<Nanoseconds> = (10 * .perMillisecond)...(5 * .perSecond)
    /// Words of a probe's command.
    public static let commandWords = 100
    /// Lateness of heartbeats, as a share of the period: 1000%.
    public static let tolerance = 10.0
    /// Units that a counted gauge may be allowed to grow by for 1,000 connections.
    public static let leakTolerance = 1_000_000.0
    /// Bytes that memory may be allowed to grow by for 1,000 connections.
    public static let leakByteTolerance = 1e12
    /// Connections that attribution gives each stage.
    public static let attributionDrops = 0...100_000
    /// Cycles of each cell of a drop matrix; an interval needs two.
    public static let matrixCycles = 2...1_000
    /// Drops of each cycle of a drop matrix.
    public static let matrixDrops = 1...100_000
    /// Cycles of a drop matrix without a drop; a noise needs two.
    public static let matrixIdle = 2...1_000
    /// Drops that the search for a race may make in all.
    public static let raceBudget = 100...200_000
    /// Drops of one batch of the search for a race.
    public static let raceBatch = 5...1_000
    /// Drops per second of the search for a race.
    public static let raceRate = 1.0...2_000.0
    /// The longest delay between a stage and its drop that the search for a race tries, in nanoseconds.
    public static let longestRaceDelay: Nanoseconds = 10 * .perSecond
    /// Deliveries that the bundled server leaves out, or writes twice.
    public static let misdeliveries = 0...1_000_000_000
    /// Tokens of one of the bundled server's completions.
    public static let tokens = 1...1_000_000
    /// Tokens of one of the bundled server's completions per second.
    public static let tokenRate = 0.01...100_000.0
    /// Bytes of a response head.
    public static let headerBytes = 1_024...(16 << 20)
    /// Bytes of one event.
    public static let eventBytes = 1_024...(1 << 30)
    /// Bytes unpacked for each byte received.
    public static let compressionRatio = 1...1_000_000
}
