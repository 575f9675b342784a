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
