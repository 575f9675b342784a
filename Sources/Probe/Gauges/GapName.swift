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
