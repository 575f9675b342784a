import HTTP
import Vocabulary

/// Writes the requests of a check, those that break rules included.
struct RequestWriter {
    let options: CheckOptions

    /// The fields that EventSource sends, but for those that the options replace.
    var fields: [HTTPField] {
        let given = Set(options.headers.map { $0.name.lowercased() })
        let defaults = [
            HTTPField("Host", options.url.hostHeader), HTTPField("Accept", "text/event-stream"),
            HTTPField("Cache-Control", "no-cache"), HTTPField("User-Agent", options.userAgent),
        ]
        return defaults.filter { !given.contains($0.name.lowercased()) } + options.headers
    }

    /// The target without its query.
    var pathOnly: String { String(options.url.path.prefix { $0 != "?" }) }

    /// A request whose fields are those of EventSource, with some replaced or added.
    ///
    /// - Parameters:
    ///   - without: names of fields to leave out, in lower case.
    ///   - lines: raw lines after the fields, without their ends.
    func request(
        _ method: String = "GET",
        _ target: String? = nil,
        version: String = "HTTP/1.1",
        with added: [HTTPField] = [],
        without: Set<String> = [],
        lines: [[UInt8]] = []
    ) -> [UInt8] {
        let replaced = without.union(added.map { $0.name.lowercased() })
        let kept = fields.filter { !replaced.contains($0.name.lowercased()) }
        return raw("\(method) \(target ?? options.url.path) \(version)", kept + added, lines)
    }

    /// A request from its parts, whatever they are.
    func raw(_ line: String, _ fields: [HTTPField], _ lines: [[UInt8]] = []) -> [UInt8] {
        var bytes = Array("\(line)\r\n".utf8)
        for field in fields { bytes += Array("\(field.name): \(field.value)\r\n".utf8) }
        for line in lines { bytes += line + Array("\r\n".utf8) }
        return bytes + Array("\r\n".utf8)
    }

    /// The target with a text appended to every value of its query, and to values that servers often repeat.
    func target(injecting text: String) -> String {
        var items = options.url.path.dropFirst(pathOnly.count + 1).split(separator: "&").map(String.init)
        var names = Set(items.map { String($0.prefix { $0 != "=" }) })
        items = items.map { ($0.contains("=") ? $0 : $0 + "=") + text }
        for name in ["lastEventId", "topics", "topic", "channel", "id"] where names.insert(name).inserted {
            items.append("\(name)=1\(text)")
        }
        return pathOnly + "?" + items.joined(separator: "&")
    }

    /// The target, made as long as wanted by one more query value; bytes.
    func target(longerBy count: Int) -> String {
        let path = options.url.path
        let prefix = path + (path.contains("?") ? "&" : "?") + "hydrotest="
        return prefix + String(repeating: "x", count: max(0, count - prefix.utf8.count))
    }
}
