import EventLoop
import Glibc
import Record

/// Reads the gauges of one probe.
///
/// A reader is used by one thread at a time: the one that its ``Sampler`` runs for it.
public protocol GaugeReader: AnyObject, Sendable {
    /// The probe's name.
    var probe: String { get }
    /// The gauges, in the order of the readings; may be asked for from any thread.
    var gauges: [GaugeDescription] { get }
    /// Takes one reading of every gauge; blocks, but not for longer than the reader's own time limit.
    func read() -> [GaugeReading]
    /// The processes whose readings the last one was the sum of; nil where it is not one of several.
    var instances: Int? { get }
}

extension GaugeReader {
    /// One process, as far as is known.
    public var instances: Int? { nil }
}

/// What a reader says of one of its gauges.
public struct GaugeDescription: Equatable, Sendable {
    /// The gauge's name, unique in its probe.
    public var name: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// Whether it only splits up another gauge: it is kept as a series, and no leak is judged by it.
    public var isDetail: Bool

    /// A description from its parts.
    public init(name: String, unit: GaugeRecord.Unit, isDetail: Bool = false) {
        self.name = name
        self.unit = unit
        self.isDetail = isDetail
    }
}

/// What came of reading a gauge once.
public enum GaugeReading: Equatable, Sendable {
    /// The figure.
    case value(Double)
    /// No figure, and the name of the reason.
    case gap(String)
}

/// The name of the reason why there is no figure.
struct Gap: Error, Equatable {
    let name: String

    /// A gap of a name.
    init(_ name: String) { self.name = name }

    /// The gap that an error in reading `/proc/PID` leaves: there, what is not found belongs to a process that is gone.
    init(_ error: SystemError) {
        name = error.number == ENOENT || error.number == ESRCH ? GapName.processGone : error.name
    }
}

/// The names under which readings that failed are counted; system and HTTP errors keep their own (`ECONNREFUSED`, `HTTP_500`).
public enum GapName {
    /// The JSON document has nothing where the gauge's pointer leads.
    public static let pointerNotFound = "POINTER_NOT_FOUND"
    /// What is there is no number, and nothing whose elements could be counted.
    public static let notANumber = "NOT_A_NUMBER"
    /// The answer is no JSON document.
    public static let notJSON = "NOT_JSON"
    /// The answer is no text of metrics.
    public static let notMetrics = "NOT_METRICS"
    /// The metrics end before their last line, `# EOF`.
    public static let metricsCutOff = "METRICS_CUT_OFF"
    /// No series among the metrics is one that the gauge names.
    public static let metricNotFound = "METRIC_NOT_FOUND"
    /// No variable of the program leads where the gauge's path does.
    public static let variableNotFound = "VARIABLE_NOT_FOUND"
    /// The answer is none that Node's inspector gives.
    public static let notAnInspector = "NOT_AN_INSPECTOR"
    /// One of several processes that were read together has ended; the others live on.
    public static let oneProcessGone = "ONE_PROCESS_GONE"
    /// The process has ended, whether or not its number is in use again.
    public static let processGone = "PROCESS_GONE"
    /// The process has no listening socket whose connections could be counted.
    public static let notListening = "NOT_LISTENING"
    /// The answer does not tell which of several instances gave it, nor does the kernel.
    public static let instanceNotFound = "INSTANCE_NOT_FOUND"
    /// One of several instances has not answered for some seconds, and is not known to be gone.
    public static let instanceUnseen = "INSTANCE_UNSEEN"
    /// More instances answer at one address than are told apart.
    public static let tooManyInstances = "LIMIT_INSTANCES"
    /// The system does not tell the figure.
    public static let notAvailable = "NOT_AVAILABLE"
    /// The moment to sample passed while the sample before was still being taken.
    public static let probeBusy = "PROBE_BUSY"
    /// The sampling was ended before the reading was taken.
    public static let stopped = "STOPPED"
    /// No answer within the time allowed.
    public static let timeout = "TIMEOUT"
    /// Gaps of further names, once a gauge has too many different ones.
    public static let other = "OTHER"
}
