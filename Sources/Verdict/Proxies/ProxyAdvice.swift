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
