import Vocabulary

/// What happened in a run: the document that everything after the load is computed from.
public struct RunRecord: Codable, Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.record/1"

    /// The document's version; a reader refuses one it does not know.
    public var schema = RunRecord.currentSchema
    /// The profile's name.
    public var profile: String
    /// The seed the plan was drawn from.
    public var seed: UInt64
    /// When the run started, in seconds since 1970.
    public var started: Double
    /// When the run ended, in seconds since 1970.
    public var ended: Double
    /// Whether the run was cut short by a signal.
    public var interrupted = false
    /// Where and how it ran.
    public var environment = RunEnvironment()
    /// What the connections did.
    public var load = LoadRecord()
    /// The run's phases, in order.
    public var phases: [Phase] = []
    /// The part of the run in which the load was constant; nil where it never was, and in records of older versions.
    public var steady: SteadySpan?
    /// What the gauges showed, one for each probe and gauge.
    public var gauges: [GaugeRecord] = []
    /// What was done before the load to prove the gauges; nil where nothing was, and in records of older versions.
    public var calibration: CalibrationRecord?
    /// What further drops left in the gauges that held something; nil where none were made.
    public var growthTrials: [GrowthTrial]?
    /// What each stage and manner left behind when it was tried alone; empty where nothing had to be attributed.
    public var attributions: [Attribution] = []
    /// What the climb towards the server's ceiling came to; nil where none was made, and in records of older versions.
    public var capacity: CapacityRecord?
    /// What a drop matrix saw; nil where none was made, and in records of older versions.
    public var matrix: MatrixRecord?
    /// What the search for a race saw; nil where none was made, and in records of older versions.
    public var race: RaceRecord?
    /// What was expected of heartbeats; nil where nothing was.
    public var heartbeatExpected: HeartbeatExpectation?
    /// The inactivity timeout that the ladder waited for; nil where it did not.
    public var inactivity: InactivityRecord?
    /// What the publish of the ladder brought; nil where none was made.
    public var publish: PublishRecord?
    /// The end of the server's process, which ended the run; nil where it lived on, or nobody looked.
    public var serverDeath: ServerDeath?
    /// Where the server stopped serving an endpoint of the run, though its process may live on; nil where it did not.
    public var serviceStop: ServiceStop?
    /// The profile's commands; nil where it has none, and in records of older versions.
    public var hooks: [HookRecord]?
    /// The planned restart of the bundled server; nil where none was made, and in records of older versions.
    public var restart: ServerRestart?
    /// The generator's own state.
    public var generator = GeneratorRecord()
    /// Figures over time, by name.
    public var series: [String: Series] = [:]

    /// An empty record of a run.
    public init(profile: String, seed: UInt64, started: Double) {
        self.profile = profile
        self.seed = seed
        self.started = started
        self.ended = started
    }
}

/// Where and how a run ran.
public struct RunEnvironment: Codable, Equatable, Sendable {
    /// Hydrotest's version.
    public var version = ""
    /// The kernel's name and release.
    public var system = ""
    /// Processors that the generator could use.
    public var processors = 0
    /// The command line.
    public var command = ""
    /// The target's address; headers are left out, as they may hold secrets.
    public var target = ""
    /// The clock that latencies were taken from.
    public var clock = "monotonic"
    /// The command line that does the same again, seed and all; nil in records of older versions.
    public var reproduce: String?
    /// The profile's text as it was read, without secrets; nil where none was read, and in records of older versions.
    public var profileText: String?
    /// The values given in place of the profile's, in their order, without secrets; nil where none were.
    public var overrides: [String]?
    /// Descriptors that the process could open.
    public var descriptorLimit = 0

    /// An environment to be filled in.
    public init() {}
}

/// The generator's own state: what it took from the machine, and whether its figures can be trusted.
public struct GeneratorRecord: Codable, Equatable, Sendable {
    /// Processor time, user and system, in seconds.
    public var cpuSeconds = 0.0
    /// The most memory it held, in bytes.
    public var peakResidentBytes: UInt64 = 0
    /// Why its latency figures are not to be trusted; empty where they are.
    public var saturation: [String] = []

    /// A generator that did nothing.
    public init() {}
}

/// A part of a run, with its limits in seconds since the run's start.
public struct Phase: Codable, Equatable, Sendable {
    /// The parts a run can have, in order.
    public enum Name: String, CaseIterable, Codable, Sendable {
        /// Gauges are sampled before any load.
        case baseline
        /// A few streams are opened and ended in good order, to see which gauges show them.
        case calibration
        /// Connections arrive, are held and dropped.
        case load
        /// Every connection is gone; residuals may drain.
        case settle
        /// The server's inactivity timers may fire.
        case inactivity
        /// Something is published to wake what is left.
        case publish
        /// Stages are tried one at a time to find out which one leaks.
        case attribution
        /// The same drops are made once more, to see whether what is held grows with them.
        case growth
    }

    /// Which part.
    public var name: Name
    /// When it started, in seconds since the run's start.
    public var start: Double
    /// When it ended, in seconds since the run's start.
    public var end: Double

    /// A phase from its parts.
    public init(name: Name, start: Double, end: Double) {
        self.name = name
        self.start = start
        self.end = end
    }
}

/// The part of a run in which its load was constant, in seconds since the run's start.
public struct SteadySpan: Codable, Equatable, Sendable {
    /// When the last scenario had reached its full load.
    public var start: Double
    /// When the first scenario began to end.
    public var end: Double

    /// A span from its parts.
    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }
}

/// One command of the profile that a run carried out.
public struct HookRecord: Codable, Equatable, Sendable {
    /// When in a run a command is carried out.
    public enum Place: String, CaseIterable, Codable, Sendable {
        /// Before the server is first contacted.
        case before
        /// At a moment of the load.
        case during
        /// At the run's end.
        case after
    }

    /// When it was carried out.
    public var place: Place
    /// Its number among those of its place, from 1.
    public var number: Int
    /// The program; its arguments are left out, as they may hold secrets.
    public var program: String
    /// When it was begun, in seconds since the run's start; nil where it was not.
    public var start: Double?
    /// How long it took, in seconds; nil where it was not begun.
    public var seconds: Double?
    /// Why it failed, with the last line of its standard error; nil where it ended well.
    public var failure: String?

    /// A command that has not been carried out.
    public init(place: Place, number: Int, program: String) {
        self.place = place
        self.number = number
        self.program = program
    }
}
