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
