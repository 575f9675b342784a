import Record
import Vocabulary

/// What a proxy would have done to a run's streams.
public struct ProxyAdvice: Codable, Equatable, Sendable {
    /// The proxy.
    public var name: String
    /// Its limit as it is shipped, in ns; nil where it has none.
    public var timeout: Nanoseconds?
    /// What the limit bounds.
    public var bound: ProxyTimeout.Bound
    /// Whether it would have cut a stream; nil where no stream was watched for long enough to tell.
    public var wouldCut: Bool?
    /// The document that states the limit, and the setting's name.
    public var source: String

    /// What a proxy would have done to streams with these heartbeats.
    public init(_ proxy: ProxyTimeout, _ heartbeat: HeartbeatRecord) {
        (name, timeout, bound, source) = (proxy.name, proxy.timeout, proxy.bound, proxy.source)
        wouldCut = Self.wouldCut(proxy, heartbeat)
    }

    /// What each known proxy would have done; none where no stream was watched.
    public static func all(_ heartbeat: HeartbeatRecord) -> [ProxyAdvice] {
        guard heartbeat.longestSilence != nil else { return [] }
        return ProxyTimeout.known.map { ProxyAdvice($0, heartbeat) }
    }

    private static func wouldCut(_ proxy: ProxyTimeout, _ heartbeat: HeartbeatRecord) -> Bool? {
        guard let timeout = proxy.timeout else { return false }
        guard let silence = heartbeat.longestSilence else { return nil }
        let life = heartbeat.longestLife ?? silence
        let longest = proxy.bound == .silence ? silence : life
        if longest >= timeout { return true }
        // A shorter run tells only what it saw; with beats to the end the silence would not have grown.
        let beats = heartbeat.discoveredBeat != nil || (heartbeat.beats > 0 && heartbeat.missed == 0)
        return proxy.bound == .silence && (life >= timeout || beats) ? false : nil
    }
}

/// A limit of a proxy that people put in front of event streams.
public struct ProxyTimeout: Equatable, Sendable {
    /// What a timeout bounds.
    public enum Bound: String, CaseIterable, Codable, Sendable {
        /// The time between two pieces of a response: a heartbeat keeps the stream.
        case silence
        /// The whole response: no heartbeat helps.
        case response
    }

    /// The proxy.
    public let name: String
    /// Its limit as it is shipped, in ns; nil where it has none.
    public let timeout: Nanoseconds?
    /// What the limit bounds.
    public let bound: Bound
    /// The document that states it, and the setting's name.
    public let source: String

    /// The proxies that reports compare with.
    public static let known: [ProxyTimeout] = [
        silence("Heroku", 55, "Heroku Dev Center, HTTP Routing, Timeouts: a rolling window of 55 s (H15, H28)"),
        silence("AWS CloudFront", 30, "CloudFront API Reference, CustomOriginConfig: OriginReadTimeout, default 30 s"),
        silence(
            "HAProxy (Debian)",
            50,
            "haproxy.cfg of Debian's package: timeout server 50000; HAProxy has no default"
        ),
        silence("nginx", 60, "ngx_http_proxy_module: proxy_read_timeout, default 60 s between two reads"),
        silence("Apache httpd", 60, "mod_proxy: ProxyTimeout, by default core's TimeOut, 60 s"),
        silence(
            "AWS ALB",
            60,
            "Elastic Load Balancing, Application Load Balancers: connection idle timeout, default 60 s"
        ),
        silence("Fly.io", 60, "Fly.io community, 60 second timeout for HTTP server: the proxy's idle timeout"),
        silence(
            "Cloudflare",
            120,
            "Cloudflare Fundamentals, Connection limits: Proxy Read Timeout, 120 s (formerly 100 s)"
        ),
        silence("Envoy", 300, "Envoy FAQ, How do I configure timeouts: stream_idle_timeout, default 5 minutes"),
        response("Envoy (route)", 15, "Envoy FAQ, How do I configure timeouts: route timeout, default 15 s"),
        response("Google Cloud Load Balancing", 30, "Compute Engine API, BackendService: timeoutSec, default 30 s"),
        none("Traefik", "Traefik, EntryPoints: respondingTimeouts.writeTimeout, default 0 s"),
        none("Caddy", "Caddy, reverse_proxy: read_timeout of the http transport, no default"),
    ]

    private static func silence(_ name: String, _ seconds: UInt64, _ source: String) -> ProxyTimeout {
        ProxyTimeout(name: name, timeout: seconds * .perSecond, bound: .silence, source: source)
    }

    private static func response(_ name: String, _ seconds: UInt64, _ source: String) -> ProxyTimeout {
        ProxyTimeout(name: name, timeout: seconds * .perSecond, bound: .response, source: source)
    }

    private static func none(_ name: String, _ source: String) -> ProxyTimeout {
        ProxyTimeout(name: name, timeout: nil, bound: .silence, source: source)
    }
}

extension FindingKind {
    /// A stream was silent for longer than common proxies wait.
    public static let proxiesWouldCut = FindingKind(
        "proxies-would-cut",
        matters: "Behind one of these proxies with its default settings, quiet streams are cut and clients come back "
            + "in a loop.",
        look: "Send heartbeats at less than half of the shortest limit, or raise the proxy's timeout.",
        isExcusedPastCeiling: true
    ) { $0.proxiesWouldCut }
}

extension FindingRules {
    /// A stream was silent for longer than proxies wait.
    fileprivate var proxiesWouldCut: Finding? {
        guard let silence = heartbeat.longestSilence else { return nil }
        let cutting = ProxyAdvice.all(heartbeat).filter { $0.bound == .silence && $0.wouldCut == true }
        guard !cutting.isEmpty else { return nil }
        return finding(
            .proxiesWouldCut,
            silence >= VerdictLimits.longSilence ? .warning : .info,
            "\(Wording.count(UInt64(cutting.count), "common proxy", "common proxies")) would cut a stream: "
                + "\(DurationText.format(silence)) without a byte",
            cutting.map { "\($0.name): \(DurationText.format($0.timeout ?? 0)) (\($0.source))." }
        )
    }
}
