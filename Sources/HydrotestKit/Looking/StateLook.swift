import EventStream
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
    public func look() -> [FoundProbe] {
        guard options.url.isLoopback else { return [] }
        var profile = Profile(name: "init", target: Target(address: .url(options.url)), scenarios: [])
        profile.target.headers = options.headers.map { Target.Header(name: $0.name, value: $0.value) }
        profile.target.tls.verify = !options.insecure
        profile.target.tls.authorityFile = options.authorityFile
        var listeners = Scenario(name: "listeners", connections: Self.streams)
        listeners.hold = .perSecond
        profile.scenarios = [listeners]
        profile.leak.baseline = 300 * .perMillisecond
        let documents = documents(profile)
        guard !documents.isEmpty else { return [] }
        var taken: [String: Int] = [:]
        profile.probes = documents.map { document in
            let kind = Self.name(document)
            taken[kind, default: 0] += 1
            let number = taken[kind] ?? 1
            var probe = ProbeOptions(name: number == 1 ? kind : "\(kind)\(number)", source: document.source)
            probe.every = 100 * .perMillisecond
            return probe
        }
        let run = ProfileRun(profile: profile, options: RunOptions(), interrupts: interrupts)
        run.isHasty = true
        guard let record = try? run.run(.calibration).record else { return [] }
        let seeing = WatchedGauges(record).seeing.filter { $0.standing == .seesStreams || $0.standing == .lagging }
        return zip(profile.probes, documents).compactMap { probe, document in
            let gauges = document.places.compactMap { place -> FoundProbe.Gauge? in
                let gauge = seeing.first { $0.record.probe == probe.name && $0.record.gauge == place.name }
                // A share of a unit a stream is a part of the truth, or an accident.
                guard let gauge, gauge.record.calibration?.perStream ?? 0 > 0.5 else { return nil }
                return FoundProbe.Gauge(name: place.name, place: place.place, words: gauge.words)
            }
            guard !gauges.isEmpty else { return nil }
            return FoundProbe(
                name: probe.name,
                key: Self.key(document),
                address: Self.address(document),
                gauges: Array(gauges.prefix(Self.gauges))
            )
        }
    }

    private func documents(_ profile: Profile) -> [StateSearch.Document] {
        let builder = EndpointBuilder(profile: profile, reference: nil)
        let tls = options.url.tls ? try? builder.tlsContext(options.url) : nil
        guard !options.url.tls || tls != nil else { return [] }
        let search = StateSearch(client: HTTPClient(tls: tls))
        let inspector = StateSearch().inspector(ofProcessOn: options.url.port).flatMap {
            StateSearch().variables(at: $0)
        }
        return search.documents(of: options.url) + [inspector].compactMap(\.self)
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
