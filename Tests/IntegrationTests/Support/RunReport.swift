import Foundation

/// A report as another program reads it: what the tests look at of `report.json.gz`.
struct RunReport: Decodable {
    /// Connections by fate.
    struct Connections: Decodable {
        let attempted: Int
        let established: Int
        let failed: Int
        let dropped: Int
        let peak: Int
    }

    /// Drops of one stage and manner.
    struct Drop: Decodable, Hashable {
        let stage: String
        let manner: String
        let count: Int
    }

    /// A leak that was judged.
    struct Leak: Decodable {
        let gauge: String
        let stage: String?
        let `class`: String
    }

    /// What heartbeats did.
    struct Heartbeat: Decodable {
        let streams: Int
        let beats: Int
    }

    /// What became of published messages.
    struct Delivery: Decodable {
        let accepted: Int
        let errors: [String: Int]
        let streams: Int
        let received: Int
        let lost: Int
        let losers: Int
        let lostAtStart: Int
        let duplicated: Int
        let outOfOrder: Int
        let stale: Int
        let replayed: Int
    }

    /// The generator's own state.
    struct Generator: Decodable {
        let peakResidentBytes: Int?
    }

    /// A judged fact.
    struct Finding: Decodable {
        let id: String
        let severity: String
        let title: String
        let evidence: [String]
    }

    /// What a gauge showed.
    struct Gauge: Decodable {
        let probe: String
        let gauge: String
        let baseline: Double?
        let peak: Double?
    }

    /// The whole record, of which little is looked at.
    struct Record: Decodable {
        struct Load: Decodable {
            let events: Int
        }

        struct Phase: Decodable {
            let name: String
        }

        let load: Load
        let interrupted: Bool
        let phases: [Phase]
    }

    /// How closed streams came back.
    struct Reconnect: Decodable {
        struct Drop: Decodable {
            let closed: Int
            let returned: Int
        }

        struct Resume: Decodable {
            let resumed: Int
            let replayed: Int
            let missing: Int
            let repeated: Int
        }

        let closed: [String: Int]
        let failures: [String: Int]
        let returned: Int
        let drops: [Drop]
        let resume: Resume?
    }

    let schema: String
    let ended: Double
    let verdict: String
    let connections: Connections
    let drops: [Drop]
    let errors: [String: Int]
    let heartbeat: Heartbeat
    let delivery: [Delivery]?
    let reconnect: Reconnect?
    let leaks: [Leak]
    let generator: Generator
    let gauges: [Gauge]
    let findings: [Finding]
    let record: Record

    /// Reads the report in a folder, through gzip itself.
    ///
    /// - Throws: ``SupportError`` where there is none, with what the run said.
    init(folder: String, result: CommandResult) throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: try Self.json(folder: folder))
        } catch {
            throw SupportError("no readable report: \(error)\n\(result.output)\n\(result.errorOutput)")
        }
        try Self.validate("\(folder)/report.json.gz")
    }

    /// Holds a report to the command's own schema, where the validator is there.
    private static func validate(_ file: String) throws {
        guard SchemaValidator.isThere else { return }
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let schema = try SchemaValidator.write("report", in: temporary)
        let faults = try SchemaValidator.faults(of: [file], by: schema, in: temporary)
        guard faults.isEmpty else { throw SupportError("the report is none of its schema: \(faults)") }
    }

    /// The unpacked bytes of a folder's `report.json.gz`.
    static func json(folder: String) throws -> Data {
        try unpacked("\(folder)/report.json.gz")
    }

    /// The unpacked bytes of a file.
    static func unpacked(_ file: String) throws -> Data {
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let result = try Command.run(named: "gzip", ["--decompress", "--stdout", file], in: temporary)
        guard result.exitCode == 0 else { throw SupportError("gzip: \(result.errorOutput)") }
        return Data(result.output.utf8)
    }

    /// Whether a gauge leaked for good at a stage.
    func hasPermanentLeak(of gauge: String, at stage: String) -> Bool {
        leaks.contains { $0.gauge == gauge && $0.stage == stage && $0.class == "permanent" }
    }

    /// What a probe's gauge showed.
    func gauge(_ probe: String, _ name: String) -> Gauge? { gauges.first { $0.probe == probe && $0.gauge == name } }
}
