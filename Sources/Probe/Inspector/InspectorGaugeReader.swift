import EventLoop
import RunProfile
import Vocabulary

/// Reads gauges out of the variables of a Node server, over its inspector: `node --inspect=9229 server.js`.
///
/// A Map, Set or array counts its elements, any other object its keys, and a number is itself; see
/// ``InspectorVariables`` for where names are looked for.
public final class InspectorGaugeReader: GaugeReader, @unchecked Sendable {
    /// How often one session is searched for what was not found; each search stops the server for a while.
    static let searchLimit = 5
    /// How long after a search the next may follow, in times of what it took: a hundredth of the server's time.
    private static let searchPauses: Nanoseconds = 100
    /// How long after a search the next may follow at least, in ns.
    private static let shortestSearchPause: Nanoseconds = .perSecond

    /// Readings in a row that may be late before the session is given up for a new one.
    static let lateLimit = 3

    /// The probe's name.
    public let probe: String
    /// The gauges, in the order of the readings.
    public let gauges: [GaugeDescription]

    private let url: TargetURL
    private let paths: [PropertyPath]
    private let timeout: Nanoseconds
    private let client = HTTPClient()
    private var open: (session: InspectorSession, variables: InspectorVariables)?
    private var nextSearch: Nanoseconds = 0
    private var searches = 0
    private var late = 0

    /// A reader of one program.
    ///
    /// - Parameters:
    ///   - url: where the inspector listens, without a path.
    ///   - gauges: the gauges' names and variables.
    ///   - timeout: ns for one reading; a search is given ``Sampler/longestTimeout``.
    public init(probe: String, url: TargetURL, gauges: [ProbeOptions.PropertyGauge], timeout: Nanoseconds) {
        self.probe = probe
        self.gauges = gauges.map { GaugeDescription(name: $0.name, unit: $0.unit) }
        self.url = url
        self.timeout = timeout
        paths = gauges.map(\.path)
    }

    /// Reads every gauge; all are gaps where the inspector does not answer.
    public func read() -> [GaugeReading] {
        do throws(HTTPClientError) {
            let readings = try readings()
            late = 0
            return readings
        } catch {
            late += 1
            // A new session must search anew, which stops the server: one whose answers are only late is kept.
            let isLate = error == .timeout && open?.session.isUsable == true && late < Self.lateLimit
            if !isLate { (open, late) = (nil, 0) }
            return paths.map { _ in .gap(error.name) }
        }
    }

    /// The variables of a program that hold several things.
    ///
    /// - Parameter patience: ns for the whole of it.
    /// - Throws: ``HTTPClientError`` where its inspector does not answer.
    static func containers(at url: TargetURL, patience: Nanoseconds) throws(HTTPClientError) -> [PropertyPath] {
        let reader = InspectorGaugeReader(probe: "", url: url, gauges: [], timeout: patience)
        let end = MonotonicClock.now() + patience
        let (session, variables) = try reader.connect(by: end)
        session.deadline = end
        return try variables.containers(limit: StateSearch.candidates)
    }

    private func readings() throws(HTTPClientError) -> [GaugeReading] {
        let now = MonotonicClock.now()
        if open == nil {
            open = try connect(by: now + timeout)
            (searches, nextSearch) = (0, 0)
        }
        guard let (session, variables) = open else { preconditionFailure("a session was opened") }
        let missing = variables.missing(of: paths)
        if !missing.isEmpty, searches < Self.searchLimit, now >= nextSearch {
            session.deadline = now + Sampler.longestTimeout
            searches += 1
            let start = MonotonicClock.now()
            try variables.find(missing)
            let end = MonotonicClock.now()
            nextSearch = end + max(Self.shortestSearchPause, Self.searchPauses * (end - start))
        }
        session.deadline = MonotonicClock.now() + timeout
        return try variables.read(paths)
    }

    private func connect(
        by deadline: Nanoseconds
    ) throws(HTTPClientError) -> (InspectorSession, InspectorVariables) {
        var list = url
        list.path = "/json/list"
        let answer = try client.exchange(url: list, timeout: timeout).successful()
        guard let targets = try? JSONParser.parse(answer.body),
            let address = targets.elements.lazy.compactMap({ $0["webSocketDebuggerUrl"]?.text }).first,
            let target = address.hasPrefix("ws://") ? TargetURL("http://" + address.dropFirst(5)) : nil
        else { throw HTTPClientError(name: GapName.notAnInspector) }
        // The path alone: a server behind a forwarded port knows itself by another address.
        var socket = url
        socket.path = target.path
        let session = try InspectorSession(url: socket, deadline: deadline)
        return (session, InspectorVariables(session: session))
    }
}
