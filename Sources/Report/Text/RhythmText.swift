import Record
import Verdict
import Vocabulary

/// How regular heartbeats were, in words.
struct RhythmText {
    private let document: ReportDocument

    /// The words of a document.
    init(_ document: ReportDocument) { self.document = document }

    /// A line each for people who read at a glance.
    var lines: [String] {
        [rhythm, parts, phases, discovered, proxies, generator].compactMap(\.self)
    }

    /// The same as names and figures.
    var facts: [(String, String)] {
        var facts: [(String, String)] = []
        if let jitter = heartbeat.jitter {
            facts.append(
                ("Jitter p50, p99", [jitter.p50, jitter.p99].map(DurationText.format).joined(separator: ", "))
            )
        }
        if let period = heartbeat.period {
            facts.append(("Streams' mean interval, p50", DurationText.format(period.p50)))
        }
        if let drift = heartbeat.drift { facts.append(("Off the expected period", Self.signed(drift))) }
        if let growth = heartbeat.growthPerBeat {
            facts.append(("Growth a beat, p50", Self.signed(nanoseconds: growth)))
        }
        if let stopped = heartbeat.stopped { facts.append(("Streams whose beats stopped", FigureText.count(stopped))) }
        if let covered = heartbeat.covered, covered > 0 {
            facts.append(("Late beats that events replaced", FigureText.count(covered)))
        }
        if let phases = heartbeat.phases {
            facts.append(("Coherence of beats, of beginnings", Self.coherence(phases)))
            facts.append(("Largest burst", Self.burst(phases)))
        }
        if let age = heartbeat.endedAtAge { facts.append(("Age at which most were ended", DurationText.format(age))) }
        if let error = document.generator.arrivalError {
            facts.append(("The generator itself adds, p99", "at most \(DurationText.format(error.p99))"))
        }
        return facts
    }

    private var heartbeat: HeartbeatSummary { document.heartbeat }

    private var rhythm: String? {
        var parts: [String] = []
        if let jitter = heartbeat.jitter {
            parts.append("jitter p50 \(DurationText.format(jitter.p50)), p99 \(DurationText.format(jitter.p99))")
        }
        if let drift = heartbeat.drift { parts.append("mean interval off by \(Self.signed(drift))") }
        if let growth = heartbeat.growthPerBeat { parts.append("\(Self.signed(nanoseconds: growth)) a beat") }
        if let stopped = heartbeat.stopped, stopped > 0 {
            parts.append("\(FigureText.counted(stopped, "stream")) whose beats stopped")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private var parts: String? {
        let parts = [("under load", heartbeat.underLoad), ("among events", heartbeat.amongEvents)]
        let texts = parts.compactMap { name, part in
            part.map { "\(name) \(FigureText.count($0.beats)) beats, \(FigureText.count($0.missed)) missed" }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }

    private var phases: String? {
        heartbeat.phases.map { "coherence \(Self.coherence($0)); largest burst \(Self.burst($0))" }
    }

    private var discovered: String? {
        heartbeat.discovered.map { found in
            "found \(PlainText.clean(found.match, limit: 60)) every \(DurationText.format(found.period)) "
                + "on \(FigureText.count(found.streams)) of \(FigureText.counted(found.looked, "stream")); nothing was expected"
        }
    }

    private var proxies: String? {
        guard let proxies = heartbeat.proxies else { return nil }
        let cutting = proxies.filter { $0.wouldCut == true }
        let open = proxies.contains { $0.wouldCut == nil }
        guard !cutting.isEmpty else { return open ? nil : "no proxy of the report's list would cut a stream" }
        return "would be cut by " + cutting.map { "\($0.name) (\(Self.limit($0)))" }.joined(separator: ", ")
    }

    private var generator: String? {
        document.generator.arrivalError.map { error in
            let share = document.generator.stampedShare.map {
                ", \(FigureText.share($0)) of reads stamped by the kernel"
            }
            return "the generator itself adds at most \(DurationText.format(error.p99)) (p99\(share ?? ""))"
        }
    }

    /// A proxy's limit, with what it bounds.
    static func limit(_ proxy: ProxyAdvice) -> String {
        guard let timeout = proxy.timeout else { return "none" }
        let text = DurationText.format(timeout)
        return proxy.bound == .silence ? text : "\(text), the whole response"
    }

    private static func coherence(_ phases: PhaseSummary) -> String {
        [phases.coherence, phases.startCoherence].map { NumberText.fixed($0, digits: 2) }.joined(separator: ", ")
    }

    private static func burst(_ phases: PhaseSummary) -> String {
        "\(FigureText.share(phases.burstShare)) within \(DurationText.format(phases.burstWidth)), "
            + "about \(FigureText.counted(phases.burstStreams, "stream"))"
    }

    private static func signed(_ share: Double) -> String {
        (share < 0 ? "−" : "+") + FigureText.share(share.magnitude)
    }

    private static func signed(nanoseconds: Double) -> String {
        (nanoseconds < 0 ? "−" : "+") + DurationText.format(Nanoseconds(min(nanoseconds.magnitude, 1e18)))
    }
}
