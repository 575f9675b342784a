import HTTP
import Probe
import Record
import RunProfile
import Transport
import Verdict
import Vocabulary

/// A reader of a server's state whose gauges see its streams, as `hydrotest init` writes it down.
public struct FoundProbe: Equatable, Sendable {
    /// A gauge of it.
    public struct Gauge: Equatable, Sendable {
        /// Its name.
        public let name: String
        /// Where it stands, as a profile writes it.
        public let place: String
        /// What calibration saw, in a few words.
        public let words: String
    }

    /// The probe's name.
    public let name: String
    /// The profile's key that says what is read: `http`.
    public let key: String
    /// What stands behind it.
    public let address: String
    /// The gauges that see streams.
    public let gauges: [Gauge]
}

/// What looking for a server's state came to.
public struct StateSight: Equatable, Sendable {
    /// The probes with gauges that see streams.
    public var probes: [FoundProbe] = []
    /// What was there and could not be read, each in a line.
    public var silences: [String] = []
}

/// Looks for gauges that see an endpoint's streams: candidates in the common places, each tried with a few streams.
public struct StateLook {
    /// Streams that the candidates are tried with.
    static let streams = CalibrationWave.Limits.streams
    /// Gauges that are written down of one document.
    static let gauges = 12

    private let options: TapOptions
    private let interrupts: InterruptWatch

    /// A look at the server behind an endpoint.
    public init(_ options: TapOptions, interrupts: InterruptWatch) {
        self.options = options
        self.interrupts = interrupts
    }

    /// Looks; blocks for some seconds.
    ///
    /// - Returns: the probes with gauges that see streams; none where there are none, or the server is not on this machine.
    public func look() -> StateSight {
        var sight = StateSight()
        guard options.url.isLoopback else { return sight }
        var profile = Profile(name: "init", target: Target(address: .url(options.url)), scenarios: [])
        profile.target.method = options.method
        profile.target.body = options.body
        profile.target.headers = options.headers.map { Target.Header(name: $0.name, value: $0.value) }
        profile.target.tls.verify = !options.insecure
        profile.target.tls.authorityFile = options.authorityFile
        var listeners = Scenario(name: "listeners", connections: Self.streams)
        listeners.hold = .perSecond
        profile.scenarios = [listeners]
        profile.leak.baseline = 300 * .perMillisecond
        let documents = documents(profile, &sight.silences)
        guard !documents.isEmpty, !interrupts.isInterrupted else { return sight }
        var taken: [String: Int] = [:]
        profile.probes = documents.map { document in
            let kind = Self.name(document)
            taken[kind, default: 0] += 1
            let number = taken[kind] ?? 1
            var probe = ProbeOptions(name: number == 1 ? kind : "\(kind)\(number)", source: document.source)
            probe.every = 100 * .perMillisecond
            // One reading of many variables asks the engine some hundred times.
            if case .inspector = document.source { probe.timeout = ProfileLimits.probeTimeout.upperBound }
            return probe
        }
        let run = ProfileRun(profile: profile, options: RunOptions(), interrupts: interrupts)
        run.isHasty = true
        let record: RunRecord
        do {
            record = try run.run(.calibration).record
        } catch {
            sight.silences.append("what was found was not tried: \(error)")
            return sight
        }
        let seeing = WatchedGauges(record).seeing.filter { $0.standing == .seesStreams || $0.standing == .lagging }
        for (probe, document) in zip(profile.probes, documents) {
            let gauges = document.places.compactMap { place -> FoundProbe.Gauge? in
                let gauge = seeing.first { $0.record.probe == probe.name && $0.record.gauge == place.name }
                // A share of a unit a stream is a part of the truth, or an accident.
                guard let gauge, gauge.record.calibration?.perStream ?? 0 > 0.5 else { return nil }
                return FoundProbe.Gauge(name: place.name, place: place.place, words: gauge.words)
            }
            guard !gauges.isEmpty else {
                if case .inspector = document.source {
                    sight.silences.append(Self.silence(of: document, record.gauges.filter { $0.probe == probe.name }))
                }
                continue
            }
            sight.probes.append(
                FoundProbe(
                    name: probe.name,
                    key: Self.key(document),
                    address: Self.address(document),
                    gauges: Array(gauges.prefix(Self.gauges))
                )
            )
        }
        return sight
    }

    /// Why an inspector's variables are not among the probes, in a line.
    static func silence(of document: StateSearch.Document, _ gauges: [GaugeRecord]) -> String {
        let count = document.places.count
        let gaps = gauges.reduce(into: [String: UInt64]()) { $0.merge($1.gaps) { $0 + $1 } }
        let start = "inspector \(document.url.port): of its \(count) variable\(count == 1 ? "" : "s") "
        guard let worst = gaps.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else {
            return start + "none sees streams"
        }
        return start + "none could be read in time to see streams (\(worst))"
    }

    private func documents(_ profile: Profile, _ silences: inout [String]) -> [StateSearch.Document] {
        let builder = EndpointBuilder(profile: profile, reference: nil)
        let tls = options.url.tls ? try? builder.tlsContext(options.url) : nil
        guard !options.url.tls || tls != nil else { return [] }
        let search = StateSearch(client: HTTPClient(tls: tls))
        return search.documents(of: options.url) + [inspector(&silences)].compactMap(\.self)
    }

    private func inspector(_ silences: inout [String]) -> StateSearch.Document? {
        guard !interrupts.isInterrupted else { return nil }
        switch StateSearch().inspector(ofProcessOn: options.url.port) {
        case .found where interrupts.isInterrupted: return nil
        case .found(let url):
            do {
                return try StateSearch().variables(at: url)
            } catch {
                silences.append("inspector \(url.port): it is there, but did not list its variables: \(error)")
                return nil
            }
        case .none(let silent):
            let patience = DurationText.format(StateSearch.inspectorPatience)
            silences += silent.map { port in
                "port \(port) of the server did not say within \(patience) whether it is an inspector"
            }
            return nil
        }
    }

    private static func name(_ document: StateSearch.Document) -> String {
        switch document.source {
        case .inspector: "variables"
        case .prometheus: "metrics"
        default: "state"
        }
    }

    private static func key(_ document: StateSearch.Document) -> String {
        switch document.source {
        case .inspector: "inspector"
        case .prometheus: "prometheus"
        default: "http"
        }
    }

    private static func address(_ document: StateSearch.Document) -> String {
        if case .inspector = document.source { return "\(document.url.port)" }
        return "\"\(document.url)\""
    }
}
