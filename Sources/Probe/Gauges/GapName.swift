/// The names under which readings that failed are counted; system and HTTP errors keep their own (`ECONNREFUSED`, `HTTP_500`).
public enum GapName {
    /// The JSON document has nothing where the gauge's pointer leads.
    public static let pointerNotFound = "POINTER_NOT_FOUND"
    /// What the pointer leads to is no number, array or object.
    public static let notANumber = "NOT_A_NUMBER"
    /// The answer is no JSON document.
    public static let notJSON = "NOT_JSON"
    /// The process has ended, whether or not its number is in use again.
    public static let processGone = "PROCESS_GONE"
    /// The process has no listening socket whose connections could be counted.
    public static let notListening = "NOT_LISTENING"
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
