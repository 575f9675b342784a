import Foundation

/// The log that Chromium writes of its network stack with `--log-net-log`.
enum NetworkLog {
    /// Lines that are given at most, the latest.
    private static let lineLimit = 60

    /// What failed: the moment in ms, the event and its source by their names, and the event's parameters.
    ///
    /// The file may end anywhere, as the browser may still be writing it.
    static func failures(in file: String) -> String {
        guard let contents = FileManager.default.contents(atPath: file) else { return "no log at \(file)" }
        let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n")
        guard let first = lines.first, let constants = object(first.drop { $0 != ":" }.dropFirst()) else {
            return "no constants in \(file)"
        }
        let events = names(constants["logEventTypes"])
        let sources = names(constants["logSourceType"])
        let failures = lines.dropFirst().compactMap { line -> String? in
            guard line.contains("\"net_error\""), let event = object(line) else { return nil }
            let source = event["source"] as? [String: Any]
            let type = (event["type"] as? Int).flatMap { events[$0] } ?? "?"
            // The browser's own errands, offline; a test's server has an address and no name.
            guard !type.hasPrefix("DNS_"), !type.hasPrefix("HOST_RESOLVER_") else { return nil }
            let origin = (source?["type"] as? Int).flatMap { sources[$0] } ?? "?"
            let parameters = (event["params"] as? [String: Any])?.map { "\($0)=\($1)" }.sorted().joined(separator: " ")
            return "\(event["time"] ?? "?") \(type) of \(origin) \(source?["id"] ?? "?"): \(parameters ?? "")"
        }
        return failures.suffix(lineLimit).joined(separator: "\n")
    }

    /// The JSON object of a line, without the comma that separates it from the next.
    private static func object(_ line: Substring) -> [String: Any]? {
        let text = line.last == "," ? line.dropLast() : line
        return try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }

    private static func names(_ numbers: Any?) -> [Int: String] {
        let pairs = (numbers as? [String: Int] ?? [:]).map { ($1, $0) }
        return Dictionary(pairs) { first, _ in first }
    }
}
