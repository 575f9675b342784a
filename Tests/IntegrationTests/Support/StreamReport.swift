import Foundation

/// What the tests look at of a report's scenarios and streams.
struct StreamReport: Decodable {
    /// The figures of numbers.
    struct Numbers: Decodable {
        let count: Int
        let p5: Double
        let max: Double
    }

    /// The figures of a latency, in ns.
    struct Latency: Decodable {
        let count: Int
        let p50: Int
        let p99: Int
    }

    /// Streams that were followed to their end.
    struct Streams: Decodable {
        let marked: Int
        let unmarked: Int?
        let cancelled: Int
        let gap: Latency?
        let tokens: Numbers?
        let tokenRate: Numbers?
        let timeToFirstToken: Latency?
    }

    /// Slow readers.
    struct SlowReaders: Decodable {
        let streams: Int
        let ended: Int
    }

    /// The server's own clock.
    struct ServerClock: Decodable {
        let aboveFastest: Latency?
        let offset: Int?
        let unread: Int
    }

    /// The latencies that are looked at.
    struct Latencies: Decodable {
        let serverClock: ServerClock?
        let event: Latency?
    }

    /// One scenario.
    struct Scenario: Decodable {
        struct Connections: Decodable {
            let established: Int
            let completed: Int
            let dropped: Int
            let failed: Int
        }

        let name: String
        let connections: Connections
        let events: Int
        let streams: Streams?
        let slowReaders: SlowReaders?
        let latency: Latencies
    }

    let scenarios: [Scenario]
    let streams: Streams?
    let slowReaders: SlowReaders?

    /// Reads the report in a folder.
    init(folder: String) throws {
        self = try JSONDecoder().decode(Self.self, from: try RunReport.json(folder: folder))
    }

    /// A scenario by its name.
    func scenario(_ name: String) -> Scenario? { scenarios.first { $0.name == name } }
}
