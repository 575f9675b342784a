import Record
import Verdict
import Vocabulary

/// How the errors of one name looked.
public struct ErrorSummary: Codable, Equatable, Sendable {
    /// How many connections had passed a stage, and no further one.
    public struct Place: Codable, Equatable, Sendable {
        /// The last stage that they had passed.
        public var stage: Stage
        /// How many.
        public var count: UInt64
    }

    /// The error's name.
    public var name: String
    /// How many there were.
    public var count: UInt64
    /// Their share of the attempts, 0 to 1; nil where none was made.
    public var share: Double?
    /// Where in the connections' lives, in order.
    public var stages: [Place]
    /// From the connections' scheduled starts, in ns.
    public var age: LatencySummary?
    /// When the first happened, in seconds since the run's start.
    public var first: Double
    /// When the last happened, in seconds since the run's start.
    public var last: Double
    /// What the server answered to one of them, without secrets; nil where it answered nothing.
    public var answer: AnswerSample?
    /// What they look like together, the most telling first.
    public var patterns: [String]

    /// The errors of a run, the most frequent first; nil where there were none, or nobody looked.
    static func all(of record: RunRecord) -> [ErrorSummary]? {
        guard let faces = record.load.errorFaces?.faces, !faces.isEmpty else { return nil }
        let start = record.phases.first { $0.name == .load }?.start ?? 0
        let patterns = ErrorPattern.find(in: record.load, start: start)
        let attempted = record.load.connections.attempted
        return faces.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.map { face in
            ErrorSummary(
                name: face.name,
                count: face.count,
                share: attempted > 0 ? Double(face.count) / Double(attempted) : nil,
                stages: face.stages.sorted { $0.key < $1.key }.map { Place(stage: $0.key, count: $0.value) },
                age: LatencySummary(face.age),
                first: start + face.first,
                last: start + face.last,
                answer: face.answer,
                patterns: patterns.filter { $0.name == face.name }.map(\.sentence)
            )
        }
    }
}

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
