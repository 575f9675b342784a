import Vocabulary

/// What ordinary requests to another endpoint saw before streams loaded the server, beside them, and after them.
public struct BystanderRecord: Codable, Equatable, Mergeable, Sendable {
    /// The requests of one part of the run.
    public struct Part: Codable, Equatable, Sendable {
        /// Requests that were sent.
        public var sent: UInt64 = 0
        /// Requests that were answered as expected.
        public var answered: UInt64 = 0
        /// Requests that failed, by the error's name.
        public var errors: [String: UInt64] = [:]
        /// Requests that the part's end cut short before their time was over; they count neither way.
        public var cutShort: UInt64 = 0
        /// From a request's scheduled moment to the end of its answer's head, in ns; only of those that were answered.
        public var latency = LatencyHistogram()
        /// How late requests were begun by this side's own fault, in ns.
        public var lag = LatencyHistogram()
        /// Requests whose moment passed while as many as may be were under way; they were not sent.
        public var leftOut: UInt64 = 0

        /// No requests.
        public init() {}

        /// Whether no request was judged.
        public var isEmpty: Bool { answered == 0 && errors.isEmpty }

        /// Requests that failed.
        public var failed: UInt64 { errors.values.reduce(0) { $0.saturatingAdding($1) } }

        /// The share of the judged requests that failed, 0 to 1; nil where none was judged.
        public var failedShare: Double? {
            let judged = Double(answered) + Double(failed)
            return judged > 0 ? Double(failed) / judged : nil
        }

        /// Adds another's requests.
        public mutating func merge(_ other: Part) {
            sent.saturatingAdd(other.sent)
            answered.saturatingAdd(other.answered)
            errors.merge(other.errors) { $0.saturatingAdding($1) }
            cutShort.saturatingAdd(other.cutShort)
            latency.merge(other.latency)
            lag.merge(other.lag)
            leftOut.saturatingAdd(other.leftOut)
        }
    }

    /// The bystander's name.
    public var name: String
    /// Where it asked, without secrets.
    public var url: String
    /// Before the load.
    public var before = Part()
    /// While at least one stream was open.
    public var beside = Part()
    /// Once every connection was gone.
    public var after = Part()

    /// A record of nothing.
    public init(name: String, url: String) {
        self.name = name
        self.url = url
    }

    /// Adds what the same bystander saw in another run.
    public mutating func merge(_ other: BystanderRecord) {
        before.merge(other.before)
        beside.merge(other.beside)
        after.merge(other.after)
    }
}
