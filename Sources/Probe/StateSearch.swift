import EventLoop
import EventStream
import RunProfile
import Vocabulary

/// Looks for what tells a server's state, in the places where servers have it.
///
/// What it finds are candidates: whether one sees streams is for a calibration to say.
public struct StateSearch {
    /// The paths that are asked for, in this order.
    public static let paths = [
        "/metrics", "/debug/state", "/debug/vars", "/actuator/prometheus", "/healthz", "/state", "/stats", "/status",
        "/health",
    ]
    /// Numbers of one document that are taken for gauges.
    public static let candidates = 60
    /// How deep in a document numbers are looked for.
    public static let depth = 4
    /// How long one answer may take, in ns.
    public static let timeout: Nanoseconds = 2 * .perSecond
    /// The ports of a process that are asked whether an inspector listens there.
    public static let inspectorPorts = 16

    /// Candidates at one address.
    public struct Document: Equatable, Sendable {
        /// The address.
        public let url: TargetURL
        /// Where the numbers stand, each with a name.
        public let source: ProbeOptions.Source
        /// The gauges' names, and where each stands, as a profile writes it.
        public let places: [(name: String, place: String)]

        /// Whether two name the same gauges at the same address.
        public static func == (left: Document, right: Document) -> Bool {
            left.url == right.url && left.source == right.source
        }
    }

    private let client: HTTPClient

    /// A search.
    ///
    /// - Parameter client: what asks; used by nobody else.
    public init(client: HTTPClient = HTTPClient()) { self.client = client }

    /// Asks a server for every place.
    ///
    /// - Parameter url: any address of the server; its path is not asked for.
    public func documents(of url: TargetURL) -> [Document] { Self.paths.compactMap { document(at: $0, of: url) } }

    private func document(at path: String, of url: TargetURL) -> Document? {
        var url = url
        url.path = path
        let accept = HTTPField("Accept", "application/json, text/plain;q=0.9, */*;q=0.1")
        guard let answer = try? client.exchange(url: url, headers: [accept], timeout: Self.timeout).successful() else {
            return nil
        }
        if let document = try? JSONParser.parse(answer.body) { return Self.json(document, at: url) }
        return Self.metrics(answer.body, answer.head.value(of: "content-type"), at: url)
    }

    /// Every number of a document, and every array's length.
    static func json(_ document: JSONValue, at url: TargetURL) -> Document? {
        var found: [(pointer: String, words: [String])] = []
        func look(_ value: JSONValue, _ pointer: String, _ words: [String]) {
            guard words.count <= depth, found.count < candidates else { return }
            switch value {
            case .number, .array: if !words.isEmpty { found.append((pointer, words)) }
            case .object(let members):
                for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                    let token = name.replacing("~", with: "~0").replacing("/", with: "~1")
                    look(member, pointer + "/" + token, words + [name])
                }
            default: break
            }
        }
        look(document, "", [])
        let named = named(found.map { ($0.words, $0.pointer) })
        guard !named.isEmpty else { return nil }
        let gauges = named.map { ProbeOptions.HTTPGauge(name: $0.name, pointer: $0.place) }
        return Document(url: url, source: .http(.url(url), gauges: gauges), places: named)
    }

    /// Every metric that is no counter, no part of a histogram and no time.
    static func metrics(_ text: [UInt8], _ contentType: String?, at url: TargetURL) -> Document? {
        var names: [String] = []
        let format = MetricsFormat(contentType: contentType)
        let read = { (sample: MetricsSample) in
            if !names.contains(sample.name), names.count < 4 * candidates { names.append(sample.name) }
        }
        guard let counters = try? MetricsParser.parse(text, format: format, read), !names.isEmpty else { return nil }
        let left = names.filter { name in
            !counters.contains(name)
                && !["_total", "_created", "_seconds", "_bucket", "_sum", "_count", "_info"].contains {
                    name.hasSuffix($0)
                }
                && !name.hasPrefix("process_")
        }
        let named = named(left.prefix(candidates).map { ([$0], $0) })
        guard !named.isEmpty else { return nil }
        let gauges = named.map { name, place in
            ProbeOptions.MetricGauge(
                name: name,
                selector: MetricSelector(name: place),
                unit: place.hasSuffix("_bytes") ? .bytes : .count
            )
        }
        return Document(url: url, source: .prometheus(.url(url), gauges: gauges), places: named)
    }

    /// Names that a profile can write: the last word of each place, or all of them where that is taken.
    static func named(_ places: [(words: [String], place: String)]) -> [(name: String, place: String)] {
        var taken: Set<String> = []
        return places.prefix(candidates).compactMap { words, place in
            let whole = words.map(clean).joined(separator: ".")
            let short = words.last.map(clean) ?? ""
            guard let name = [short, whole].first(where: { !$0.isEmpty && !taken.contains($0) }) else { return nil }
            taken.insert(name)
            return (String(name.prefix(60)), place)
        }
    }

    private static func clean(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") ? $0 : "-" })
    }

    /// The inspector of the process behind a port, where one listens; nil elsewhere.
    public func inspector(ofProcessOn port: UInt16) -> TargetURL? {
        guard let table = try? SocketTables.own(), let processes = try? ProcessFinder.listeners(on: port, in: table)
        else { return nil }
        for process in processes {
            guard let inodes = try? process.socketInodes() else { continue }
            var ports: Set<UInt16> = []
            try? table.forEachRow(states: TCPState.listen.bit, localPort: nil) { row in
                if inodes.contains(row.inode), row.localPort != port { ports.insert(row.localPort) }
            }
            for port in ports.sorted().prefix(Self.inspectorPorts) {
                guard let url = TargetURL("http://127.0.0.1:\(port)/"), isInspector(url) else { continue }
                return url
            }
        }
        return nil
    }

    private func isInspector(_ url: TargetURL) -> Bool {
        var url = url
        url.path = "/json/list"
        guard let answer = try? client.exchange(url: url, timeout: Self.timeout).successful(),
            let targets = try? JSONParser.parse(answer.body)
        else { return false }
        return targets.elements.contains { $0["webSocketDebuggerUrl"]?.text != nil }
    }

    /// The variables of a Node program that hold several things: its Maps, Sets and arrays, one property deep.
    public func variables(at inspector: TargetURL) -> Document? {
        let paths = InspectorGaugeReader.containers(at: inspector, timeout: Self.timeout)
        let named = Self.named(paths.map { ([$0.root] + $0.steps, "\($0)") })
        let gauges = named.compactMap { name, place in
            PropertyPath(place).map { ProbeOptions.PropertyGauge(name: name, path: $0) }
        }
        guard !gauges.isEmpty else { return nil }
        return Document(url: inspector, source: .inspector(inspector, gauges: gauges), places: named)
    }
}
