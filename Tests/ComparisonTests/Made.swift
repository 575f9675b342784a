import Record
import Verdict
import Vocabulary

@testable import Comparison

/// Made-up runs to be compared.
enum Made {
    static let nothing = Judgement(leaks: [], findings: [], thresholds: [])

    /// A run of so many connections, with as many connect latencies of 1 ms times a factor and up.
    static func run(attempted: UInt64 = 10_000, failed: UInt64 = 0, factor: Double = 1) -> RunRecord {
        var record = RunRecord(profile: "made", seed: 1, started: 0)
        record.ended = 60
        record.load.connections.attempted = attempted
        record.load.connections.established = attempted - failed
        record.load.connections.failed = failed
        if failed > 0 { record.load.errors = ["ECONNRESET": failed] }
        for index in 0..<attempted {
            record.load.latency[.connect].record(Nanoseconds(1e6 * factor * (1 + Double(index % 1_000) / 1_000)))
        }
        return record
    }

    static func compare(_ base: RunRecord, _ new: RunRecord) -> RunComparison {
        RunComparison(base: (base, nothing), new: (new, nothing))
    }
}

extension RunComparison {
    /// The change of a figure.
    func change(_ name: String) -> FigureChange? { changes.first { $0.name == name } }
}
