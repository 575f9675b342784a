import Report
import RunProfile
import Verdict
import Vocabulary

/// A commented profile for an endpoint that was looked at: what was seen in, YAML out.
public struct ProfileDraft {
    /// Streams that are held.
    static let listeners = 50
    /// Connections that are dropped.
    static let droppers = 200
    /// The shortest time that streams are held, in ns.
    static let shortestHold: Nanoseconds = 10 * .perSecond

    let options: TapOptions
    let sight: EndpointSight
    let heartbeat: HeartbeatGuess?
    /// The request's texts as the profile writes them, and the variables of the environment that they need.
    let request: RequestText

    /// The profile for what was seen.
    ///
    /// - Parameter options: how it was looked at.
    public init(_ sight: EndpointSight, options: TapOptions) {
        self.sight = sight
        self.options = options
        heartbeat = HeartbeatGuess(sight)
        request = RequestText(options)
    }

    /// What was seen, each fact in a line.
    public var facts: [String] {
        var facts = [
            "HTTP \(sight.status), \(clean(sight.contentType))" + (sight.server.map { ", from \(clean($0))" } ?? "")
        ]
        if !sight.redirections.isEmpty {
            let ways = sight.redirections.map { clean($0.words, limit: 400) }
            facts.append("redirected: \(ways.joined(separator: ", then "))")
        }
        if let version = sight.tlsVersion { facts.append("\(version), \(certificateFact)") }
        facts.append(eventFact)
        switch heartbeat {
        case .some(let beat): facts.append("heartbeat: \(beat.match.text) every \(DurationText.format(beat.period))")
        case nil where sight.comments.isEmpty: facts.append("no heartbeat")
        case nil: facts.append("\(sight.comments.count) comments, at no regular interval")
        }
        for probe in sight.stateProbes {
            let gauges = probe.gauges.map { "\(clean($0.name, limit: 40)) \(clean($0.words))" }
            facts.append("state: \(probe.key) \(clean(probe.address)): \(gauges.joined(separator: "; "))")
        }
        facts += sight.stateSilences.map { clean($0) }
        facts += sight.ends.facts
        if sight.isInterrupted { facts.append("a signal ended the look early") }
        return facts
    }

    private var certificateFact: String {
        if let problem = sight.certificateProblem { return "certificate not trusted: \(problem)" }
        return options.insecure ? "certificate not looked at, as --insecure was given" : "verified"
    }

    private var eventFact: String {
        guard sight.eventCount > 0 else { return "no event" }
        let rate = Double(sight.eventCount) / max(sight.duration.inSeconds, 0.001)
        let names = sight.events.keys.sorted().prefix(5).map { clean($0, limit: 40) }.joined(separator: ", ")
        let largest = sight.events.values.map(\.largest).max() ?? 0
        return "events: \(NumberText.threeDigits(rate))/s, up to \(NumberText.bytes(Double(largest))), named \(names)"
    }

    /// What cannot be seen, and what to do; empty where something of the application was found.
    public var warning: [String] { sight.stateProbes.isEmpty ? Self.blindness : [] }

    private static let blindness = [
        "Nothing was found that sees what the application holds: a leak in its own maps will not be seen.",
        WatchedGauges.nextStep,
    ]

    /// The profile's text; it reads back without an error.
    public var text: String {
        let blocks = [head, target, scenarios, probes, leak, beats, thresholds]
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var head: [String] {
        (sight.stateProbes.isEmpty ? Self.blindness.map { "# \($0)" } : []) + [
            "# What hydrotest init saw of \(shownURL) in \(DurationText.format(sight.duration)):"
        ]
            + facts.map { "#   \($0)" }
            + [
                "# Change what does not fit; hydrotest schema profile tells every key.",
                "name: \(quote(options.url.host + options.url.path.prefix { $0 != "?" }.replacing("/", with: "-")))",
                "seed: 42                       # the same seed gives the same stages, manners and delays",
            ]
    }

    /// The address without its secrets.
    private var shownURL: String { clean(SecretText.masked(word: "\(options.url)"), limit: 400) }

    private var scenarios: [String] {
        [
            "scenarios:",
            "  - name: listeners            # clients that stay",
            "    connections: \(Self.listeners)",
            "    arrival: { rate: 50/s }",
            "    hold: \(duration(hold))\(holdReason)",
            "  - name: droppers             # clients that vanish, at every stage of their connection",
            "    connections: \(Self.droppers)",
            "    arrival: { rate: 50/s }",
            "    drop: { stages: \(stages), manners: [fin, rst], delay: 0ms..20ms }",
        ]
    }

    private var holdReason: String {
        sight.ends.earliest == nil ? "" : "                # half as long as the server kept a stream"
    }

    /// Every stage; without an event, those that a connection passes all the same.
    private var stages: String {
        guard sight.eventCount == 0 else { return "all" }
        let last = sight.comments.isEmpty ? Stage.headersReceived : .streamStarted
        return "[\(Stage.passed(tls: options.url.tls).filter { $0 <= last }.map(\.rawValue).joined(separator: ", "))]"
    }

    /// Long enough for a few heartbeats; no longer than the server keeps a stream.
    var hold: Nanoseconds {
        if let earliest = sight.ends.earliest { return max(HeartbeatGuess.rounded(earliest / 2), .perMillisecond) }
        return max(Self.shortestHold, (heartbeat?.period ?? 0) * 4)
    }

    private var probes: [String] {
        let found = sight.stateProbes.map { probe in
            let gauges = probe.gauges.map { "\($0.name): \(quote($0.place))" }.joined(separator: ", ")
            return "  - { name: \(probe.name), \(probe.key): \(probe.address), gauges: { \(gauges) } }"
        }
        guard sight.hasReadableProcess || !found.isEmpty else {
            return [
                "# Without a probe no leak can be seen. What reads the server's state:",
                "# probes:",
                "#   - { name: state, http: \"http://127.0.0.1:8080/debug/state\", gauges: { clients: /clients } }",
                "#   - { name: metrics, prometheus: \"http://127.0.0.1:8080/metrics\", gauges: { clients: sse_clients } }",
            ]
        }
        let process = "  - { name: process, port: \(options.url.port), gauges: [fds, sockets, rss, threads] }"
        guard found.isEmpty else { return ["probes:"] + found + (sight.hasReadableProcess ? [process] : []) }
        return [
            "probes:",
            process,
            "  # Its own counts say more: { name: state, http: \"http://…/debug/state\", gauges: { clients: /clients } }",
        ]
    }

    private var leak: [String] {
        [
            "leak:",
            "  baseline: 2s                 # how long gauges are read before the load",
            "  settle: 2s                   # how long after it a residual may take to drain",
            inactivity,
            "  # publish: { url: \"http://…/broadcast?topic=news\", body: hello }   # what makes it write to every client",
        ]
    }

    private var inactivity: String {
        if let silence = sight.ends.inactivity {
            let reason = sight.ends.wereSilent ? "that old, and silent" : "silent for so long"
            let timeout = duration(HeartbeatGuess.rounded(silence))
            return "  inactivity: \(timeout)           # the server ended streams that were \(reason)"
        }
        if let age = sight.ends.commonAge {
            let line = "  # Streams ended at an age of \(duration(HeartbeatGuess.rounded(age)))"
            return line + "\(reasonOfAge)\n\(Self.noInactivity)"
        }
        return Self.noInactivity
    }

    /// What a common age says of a timeout for silent clients.
    private var reasonOfAge: String {
        if sight.ends.disproveInactivity { return ", silent or not: that is no timeout for silent clients" }
        let areOrderly = sight.ends.all.allSatisfy { $0.error == nil }
        return areOrderly ? "" : ", not in good order: was it a proxy's timeout?"
    }

    private static let noInactivity =
        "  # inactivity: 30s            # the server's own timeout for silent clients, if it has one"

    private var beats: [String] {
        guard let heartbeat else {
            return [
                "# No heartbeat was seen in \(DurationText.format(sight.duration)). If there is a slower one:",
                "# heartbeat: { expect: 15s, tolerance: 50%, match: comment }",
            ]
        }
        let match = quote(heartbeat.match.text)
        return ["heartbeat: { expect: \(duration(heartbeat.period)), tolerance: 50%, match: \(match) }"]
    }

    private var thresholds: [String] {
        var lines = ["thresholds:", "  - errors.rate < 1%", "  - connect.p99 < 500ms"]
        if heartbeat != nil { lines.append("  - heartbeat.missed == 0") }
        if sight.hasReadableProcess || !sight.stateProbes.isEmpty { lines.append("  - leaks == 0") }
        return lines
    }
}

extension ProfileDraft {
    var target: [String] {
        var lines = request.variables.map { "# export \($0)='…' before the run: the value is a secret." }
        lines += ["target:", "  url: \(request.url)"]
        if options.method != "GET" { lines.append("  method: \(options.method)") }
        lines +=
            request.headers.isEmpty
            ? ["  # headers: { Authorization: \"Bearer ${TOKEN}\" }"]
            : ["  headers:"] + request.headers.map { "    \($0.name): \($0.value)" }
        if let body = request.body { lines.append("  body: \(body)") }
        if options.url.tls { lines += tls }
        if !options.url.isLoopback {
            lines += [
                "  # hydrotest run goes to this machine only; true says that this host welcomes the load.",
                "  authorized: false",
            ]
        }
        return lines
    }

    private var tls: [String] {
        if let authority = options.authorityFile, sight.certificateProblem == nil, !options.insecure {
            return ["  tls: { ca: \(quote(authority)) }"]
        }
        guard sight.certificateProblem != nil || options.insecure else { return [] }
        let address =
            "\(options.url.host.contains(":") ? "[\(options.url.host)]" : options.url.host):\(options.url.port)"
        let reason =
            sight.certificateProblem.map { "the certificate is not trusted: \($0)" }
            ?? "--insecure was given, and the certificate not looked at"
        return [
            "  tls:",
            "    verify: false              # \(reason)",
            "    # To verify it, name who signed it, in place of the line above. A self-signed one is got by",
            "    # openssl s_client -connect \(address) </dev/null | openssl x509 > ca.pem",
            "    # ca: ca.pem",
        ]
    }

    /// A text of a server's as YAML writes it in double quotes.
    func quote(_ text: String) -> String { YAMLText.quote(clean(text, limit: 8_192)) }

    /// A text of a server's in one line.
    func clean(_ text: String, limit: Int = 120) -> String { PlainText.clean(text, limit: limit) }

    /// A duration as a profile writes it, in the largest unit that divides it.
    func duration(_ duration: Nanoseconds) -> String {
        let unit = DurationText.units.last { $0.nanoseconds <= duration && duration % $0.nanoseconds == 0 }
        return unit.map { "\(duration / $0.nanoseconds)\($0.suffix)" } ?? "\(duration)ns"
    }
}
