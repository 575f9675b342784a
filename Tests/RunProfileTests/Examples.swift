import RunProfile

/// Profiles that several tests start from.
enum Examples {
    /// Every section against a server that runs already.
    static let full = """
        name: soak-ci
        seed: 42
        target:
          url: https://127.0.0.1:8443/events?topics=news
          method: POST
          headers: { Authorization: "Bearer ${TOKEN}", X-Price: "$${5}" }
          body: '{"stream": true}'
          tls: { verify: false, ca: ca.pem, serverName: localhost, minVersion: 1.2, maxVersion: 1.3, resume: true }
          authorized: true
        scenarios:
          - name: listeners
            connections: 2_000
            arrival: { rate: 30/m }
            hold: 60s
            timeout: 3s
          - name: droppers
            connections: 10000
            arrival: { rate: 400/s }
            drop: { stages: [headers-received, request-sent], manners: [fin, rst], delay: 0ms..20ms, wait: 1s }
          - name: plain
            connections: 1
            url: http://127.0.0.1:8080/events
            drop: { stages: all, manners: [half-close] }
        probes:
          - { name: state, http: "http://127.0.0.1:8080/debug/state", every: 100ms, gauges: { clients: /clients, all: "", heap: { pointer: /heapUsed, unit: bytes } } }
          - { name: process, port: 8443, gauges: [fds, rss] }
          - { name: other, pid: 1234 }
        leak:
          baseline: 1s
          settle: 3s
          inactivity: 10s
          publish: { method: PUT, url: "http://127.0.0.1:8080/broadcast?topic=news", body: hello }
          attributionDrops: 7
          tolerance: 0.05
          byteTolerance: 4096
        heartbeat: { expect: 1s, tolerance: 25%, match: event:ping }
        thresholds:
          - leaks == 0
          - connect.p99 < 500ms
          - errors.rate<=0.1%
        limits: { headerBytes: 4096, eventBytes: 2048, compressionRatio: 50 }

        """

    /// The least that a profile needs.
    static let small = """
        target: { url: reference }
        scenarios:
          - name: listeners
            connections: 10
            hold: 5s

        """

    /// Reads a profile of the name `smoke.yaml`.
    static func read(
        _ text: String,
        environment: [String: String] = [:],
        overrides: [String] = []
    ) throws(ProfileErrors) -> Profile {
        try ProfileReader(environment: environment)
            .read(text, file: "Profiles/smoke.yaml", overrides: overrides.map(ProfileOverride.init))
    }

    /// The errors of a profile, one a line, without the folder; empty where it has none.
    static func errors(
        of text: String,
        environment: [String: String] = [:],
        overrides: [String] = []
    ) -> [String] {
        do {
            _ = try read(text, environment: environment, overrides: overrides)
            return []
        } catch {
            return error.errors.map { $0.description.replacing("Profiles/", with: "") }
        }
    }

    /// A profile with a line in its scenario, the fifth.
    static func scenario(_ line: String, target: String = "reference") -> String {
        "target: { url: \"\(target)\" }\nscenarios:\n  - name: a\n    connections: 1\n    \(line)\n"
    }
}
