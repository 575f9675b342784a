import EventStream
import Foundation
import Testing
import Transport

@testable import Load

/// What a stream weighs, against the budgets in `Tests/Benchmarks/weights`: noise cannot move it.
@Suite struct WeightTests {
    /// The share of a budget by which a size may pass it.
    private static let room = 0.03

    /// The budgets in bytes, by name.
    private static func budgets() throws -> [String: Int] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Benchmarks/weights")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            try lines.map { line in
                let words = line.split(separator: " ", omittingEmptySubsequences: true)
                return (String(words[0]), try #require(Int(words[1])))
            }
        ) { first, _ in first }
    }

    private static let sizes: [(name: String, bytes: Int)] = [
        ("connection", MemoryLayout<Connection>.stride),
        ("connection-extras", MemoryLayout<Connection.Extras>.stride),
        ("event-stream-parser", MemoryLayout<EventStreamParser>.size),
        ("byte-stream", MemoryLayout<ByteStream>.size),
        ("stream-rhythm", MemoryLayout<StreamRhythm>.size),
    ]

    @Test func everySizeIsWithinItsBudget() throws {
        let budgets = try Self.budgets()
        #expect(Set(budgets.keys) == Set(Self.sizes.map(\.name)))
        for (name, bytes) in Self.sizes {
            let budget = try #require(budgets[name])
            #expect(
                Double(bytes) <= Double(budget) * (1 + Self.room),
                "\(name): \(bytes) bytes, \(budget) allowed; raise it in Tests/Benchmarks/weights with date and reason if it must be"
            )
            #expect(Double(bytes) >= Double(budget) * (1 - Self.room), "\(name): lower its budget to \(bytes)")
        }
    }

    @Test func aMillionConnectionsHaveSlots() {
        var slab = ConnectionSlab()
        defer { slab.release() }
        for _ in 0..<1_000_000 { _ = slab.take() }
        #expect(slab.slots.count == 1_000_000)
        #expect(slab.liveCount == 1_000_000)
    }
}
