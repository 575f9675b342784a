import Record

/// What ordinary requests to another endpoint saw before, beside and after the streams.
public struct BystanderSummary: Codable, Equatable, Sendable {
    /// The requests of one part of the run.
    public struct Part: Codable, Equatable, Sendable {
        /// Requests that were sent.
        public var sent: UInt64
        /// Requests that were answered as expected.
        public var answered: UInt64
        /// Requests that failed.
        public var failed: UInt64
        /// Why, by the error's name.
        public var errors: [String: UInt64]
        /// From the scheduled moment to the answer's end, in ns; nil where none came.
        public var latency: LatencySummary?
        /// How late requests were begun by the generator's own fault, in ns; nil where none was begun.
        public var lag: LatencySummary?

        fileprivate init?(_ part: BystanderRecord.Part) {
            guard part.sent > 0 else { return nil }
            sent = part.sent
            answered = part.answered
            failed = part.failed
            errors = part.errors
            latency = LatencySummary(part.latency)
            lag = LatencySummary(part.lag)
        }
    }

    /// The bystander's name.
    public var name: String
    /// Where it asked, without secrets.
    public var url: String
    /// Before the load; nil where nothing was asked.
    public var before: Part?
    /// While at least one stream was open; nil where nothing was asked.
    public var beside: Part?
    /// Once every connection was gone; nil where nothing was asked.
    public var after: Part?

    /// The figures of a bystander.
    init(_ record: BystanderRecord) {
        name = record.name
        url = record.url
        before = Part(record.before)
        beside = Part(record.beside)
        after = Part(record.after)
    }

    /// The parts in the run's order, with their names.
    var named: [(name: String, part: Part)] {
        [("before", before), ("beside", beside), ("after", after)].compactMap { name, part in part.map { (name, $0) } }
    }
}
