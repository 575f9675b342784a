import EventLoop
import HTTP
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
    /// How long the ports of a process may take in all to say whether one is an inspector, in ns: on a busy machine an
    /// answer takes seconds.
    public static let inspectorPatience: Nanoseconds = 10 * .perSecond
    /// How long an inspector may take to list a program's variables, in ns: two seconds' work of the server and of this
    /// process, of which a busy machine gives each a tenth.
    public static let listingPatience: Nanoseconds = 30 * .perSecond

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

    /// What asking a process for its inspector came to.
    public enum InspectorAnswer: Equatable, Sendable {
        /// It listens there.
        case found(TargetURL)
        /// None does; these ports took the question, and gave no answer in time.
        case none(silent: [UInt16])
    }

    /// The inspector of the process behind a port.
    ///
    /// A port that does not answer soon is asked again, for as long as ``inspectorPatience`` lasts.
    public func inspector(ofProcessOn port: UInt16) -> InspectorAnswer {
        var ports: [UInt16] = []
        if let table = try? SocketTables.own(), let processes = try? ProcessFinder.listeners(on: port, in: table) {
            for process in processes {
                guard let inodes = try? process.socketInodes() else { continue }
                var own: Set<UInt16> = []
                try? table.forEachRow(states: TCPState.listen.bit, localPort: nil) { row in
                    if inodes.contains(row.inode), row.localPort != port { own.insert(row.localPort) }
                }
                ports += own.sorted().prefix(Self.inspectorPorts).filter { !ports.contains($0) }
            }
        }
        return inspector(among: ports, patience: Self.inspectorPatience)
    }

    /// The inspector among ports of this machine.
    ///
    /// - Parameter patience: ns for all of them.
    func inspector(among ports: [UInt16], patience: Nanoseconds) -> InspectorAnswer {
        let end = MonotonicClock.now() + patience
        var silent = ports
        var timeout = min(Self.timeout, patience)
        while !silent.isEmpty {
            let asked = silent
            silent = []
            for port in asked {
                let left = end.subtractingReportingOverflow(MonotonicClock.now())
                guard !left.overflow, left.partialValue > 0 else {
                    silent.append(port)
                    continue
                }
                guard let url = TargetURL("http://127.0.0.1:\(port)/") else { continue }
                do throws(HTTPClientError) {
                    if try isInspector(url, timeout: min(timeout, left.partialValue)) { return .found(url) }
                } catch  where error == .timeout {
                    silent.append(port)
                } catch {}
            }
            guard MonotonicClock.now() < end else { break }
            timeout *= 2
        }
        return .none(silent: silent)
    }

    private func isInspector(_ url: TargetURL, timeout: Nanoseconds) throws(HTTPClientError) -> Bool {
        var url = url
        url.path = "/json/list"
        let answer = try client.exchange(url: url, timeout: timeout).successful()
        guard let targets = try? JSONParser.parse(answer.body) else { return false }
        return targets.elements.contains { $0["webSocketDebuggerUrl"]?.text != nil }
    }

    /// The variables of a Node program that hold several things: its Maps, Sets and arrays, one property deep.
    ///
    /// - Returns: nil where there are none.
    /// - Throws: ``HTTPClientError`` where the inspector does not list them.
    public func variables(at inspector: TargetURL) throws(HTTPClientError) -> Document? {
        let paths = try InspectorGaugeReader.containers(at: inspector, patience: Self.listingPatience)
        let named = Self.named(paths.map { ([$0.root] + $0.steps, "\($0)") })
        let gauges = named.compactMap { name, place in
            PropertyPath(place).map { ProbeOptions.PropertyGauge(name: name, path: $0) }
        }
        guard !gauges.isEmpty else { return nil }
        return Document(url: inspector, source: .inspector(inspector, gauges: gauges), places: named)
    }
}
