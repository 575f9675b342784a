import Foundation
import Record
import RunProfile
import Vocabulary

@testable import Journal

/// Journals of made-up runs.
enum Made {
    static let terms = JournalTerms(
        thresholds: [
            Threshold(expression: "leaks == 0", metric: .leaks, comparison: .equal, bound: 0),
            Threshold(expression: "connect.p99 < 1s", metric: .latency(.connect, .p99), comparison: .less, bound: 1e9),
        ],
        leak: LeakOptions()
    )

    /// The record of a run after so many seconds.
    static func record(at second: Int) -> RunRecord {
        var record = RunRecord(profile: "made", seed: 7, started: 1_790_000_000)
        record.ended = record.started + Double(second)
        record.load.connections.attempted = UInt64(second)
        record.load.latency[.connect].record(Nanoseconds(second + 1) * .perMillisecond, count: UInt64(second + 1))
        var series = Series(unit: "count")
        for point in 0...second {
            series.t.append(Double(point))
            series.v.append(Double(point * 3 % 17))
        }
        record.series = ["state.clients": series]
        return record
    }

    /// A journal file with an entry for each of some seconds, and where each member ends.
    static func journal(_ seconds: Range<Int>, in folder: Folder) throws -> [Int] {
        let file = try JournalFile(folder: folder.path)
        var tails = SeriesTails()
        var ends: [Int] = []
        for (number, second) in seconds.enumerated() {
            let record = record(at: second)
            var entry = JournalEntry(number: number, terms: terms, record: record, replaced: [])
            (entry.record.series, entry.replaced) = tails.tails(of: record.series)
            tails.note(record.series)
            try file.append(try entry.encoded())
            ends.append(file.count)
        }
        return ends
    }
}

/// A folder that goes with the test.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var journal: String { "\(path)/run.journal" }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: journal))) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: journal)) }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}
