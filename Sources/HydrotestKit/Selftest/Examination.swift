import RunProfile
import Vocabulary

/// A load that every server of the self-test is put through, whatever fault it has.
enum Examination: String, CaseIterable, Sendable {
    /// Streams that are held, and streams that are dropped at telling stages in telling manners.
    case streams
    /// Completions whose clients vanish before the last token.
    case completions
    /// Completions whose clients stop reading.
    case slowReaders = "slow-readers"
    /// Streams that arrive while messages are published to them.
    case broadcasts
    /// Streams that are dropped all at once and come back, while something is published.
    case reconnects

    /// The profile of a case: a file for `hydrotest run`.
    func profile(of selftest: SelftestCase) -> String {
        let names = selftest.subject.faults.map(\.rawValue).joined(separator: ", ")
        let faults = names.isEmpty ? "" : "faults: [\(names)], "
        let head = """
            name: selftest-\(selftest.name)-\(rawValue)
            seed: \(selftest.seed)

            """
        return switch self {
        case .streams where selftest.subject.isSlow: head + Self.slowStreams(faults, selftest.transport) + Self.probes
        case .completions where selftest.subject.isSlow:
            head + Self.slowCompletions(faults, selftest.transport) + Self.probes
        case .streams: head + Self.streams(faults, selftest.transport) + Self.probes
        case .completions: head + Self.completions(faults, selftest.transport) + Self.probes
        case .slowReaders: head + Self.slowReaders(faults, selftest.transport) + Self.probesWithoutCounts
        case .broadcasts: head + Self.broadcasts(faults, selftest.transport) + Self.probesWithoutCounts
        case .reconnects: head + Self.reconnects(faults, selftest.transport) + Self.probesWithoutCounts
        }
    }

    /// The examinations that a server is put through: where a leak is hidden, those that show leaks.
    static func all(of subject: SelftestSubject) -> [Examination] {
        if case .beside = subject { [.streams, .completions] } else { allCases }
    }

    // The same for every server: it is not told whether its state is hard to read.
    private static let probes = """
        probes:
          - name: state
            http: reference/debug/state
            instance: /pid
            gauges:
              clients: /clients
              timers: /timers
              subscriptions: /subscriptions
              sockets: /sockets
              slots: /slots
              topics: /topics
              producers: /producers
              pool: /pool
              opened: /opened
              queuedBytes: { pointer: /queuedBytes, unit: bytes }
          - { name: process, port: reference, gauges: [fds, sockets, rss, threads] }

        """

    // What leaks, and whether the counts can be believed, the first two examinations have shown: nothing is calibrated for it.
    // Over one connection: a probe that opens others would have the callers accepted with them.
    private static let probesWithoutCounts = """
        probes:
          - name: state
            http: reference/debug/state
            gauges:
              queuedBytes: { pointer: /queuedBytes, unit: bytes }
          - { name: process, port: reference, gauges: [fds, sockets, rss, threads] }

        """

    // The listeners arrive over two periods of the heartbeat, so that beats in one instant are no work of theirs. The
    // drops' delay lies within the window of registration, with room for a machine that is busy. They go on to
    // the load's end: what its listeners outlast would have expired by then.
    private static func streams(_ faults: String, _ transport: Scenario.Transport) -> String {
        let stages = (transport == .tls ? "tls-established, " : "") + "request-partial, request-sent, streaming"
        return """
            target: { url: "reference/events?topics=news" }
            reference: { \(faults)raceWindow: 80ms, faultAfter: 800ms, heartbeat: 250ms, inactivity: 2s }
            scenarios:
              - name: listeners
                transport: \(transport.rawValue)
                connections: 20
                arrival: { rate: 40/s }
                hold: 3500ms
                timeout: 5s
              - name: droppers
                transport: \(transport.rawValue)
                connections: 120
                arrival: { rate: 30/s }
                timeout: 5s
                drop: { stages: [\(stages)], manners: [fin, rst, half-close], delay: 10ms..40ms, wait: 500ms }
            leak:
              baseline: 700ms
              settle: 600ms
              inactivity: 2s
              publish: { url: "reference/broadcast?topic=news", body: hello }
              attributionDrops: 10
            heartbeat: { expect: 250ms, tolerance: 20%, match: comment }

            """
    }

    private static func completions(_ faults: String, _ transport: Scenario.Transport) -> String {
        """
        target: { url: reference/v1/chat/completions, method: POST }
        reference: { \(faults)tokens: 100, tokenRate: 50/s }
        scenarios:
          - name: callers
            transport: \(transport.rawValue)
            connections: 60
            arrival: { rate: 60/s }
            timeout: 5s
            drop: { stages: [request-partial, request-sent, streaming], manners: [fin, rst], delay: 10ms..40ms }
        leak: { baseline: 700ms, settle: 600ms, inactivity: 2s, attributionDrops: 10 }

        """
    }

    // The listeners stay from before the first reader until after the last, and see what happens meanwhile. A fault
    // that sets in with time does so while they are there, and after any calibration. The callers
    // come one by one, while the server has nothing else to do: whoever comes with others may be accepted with them. The
    // readers are so few that even on a busy machine each is sent far more than the kernel takes for it. The stallers come
    // last, and once the others are accepted; the server's own timeout has two seconds to spare. They ask for quiet streams,
    // as those of the calibration are of the endpoint that is dropped at.
    private static func slowReaders(_ faults: String, _ transport: Scenario.Transport) -> String {
        let stages = (transport == .tls ? "tls-hello-partial, " : "") + "connected, request-partial"
        return """
            target: { url: reference/v1/chat/completions, method: POST }
            reference:
              { \(faults)tokens: 1000000, tokenRate: 20000/s, faultAfter: 2s, heartbeat: 250ms, inactivity: 2s, requestTimeout: 1s }
            scenarios:
              - name: listeners
                transport: \(transport.rawValue)
                path: "/events?topics=news"
                method: GET
                connections: 6
                arrival: { rate: 40/s }
                timeout: 5s
                hold: 8s
              - name: callers
                transport: \(transport.rawValue)
                connections: 5
                arrival: { rate: 1.6/s }
                timeout: 5s
                hold: 100ms
              - name: readers
                transport: \(transport.rawValue)
                start: 2500ms
                connections: 2
                arrival: { rate: 4/s }
                timeout: 5s
                hold: 4s
                read: stop
                receiveBuffer: 4096
              - name: stallers
                transport: \(transport.rawValue)
                path: "/events?topics=news"
                method: GET
                start: 3500ms
                connections: 6
                arrival: { rate: 20/s }
                timeout: 5s
                drop: { stages: [\(stages)], manners: [stall], wait: 3s }
            leak: { baseline: 500ms, settle: 600ms, inactivity: 2s, calibrate: false }

            """
    }

    // With these rates nearly every stream registers within the window of some broadcast.
    private static func broadcasts(_ faults: String, _ transport: Scenario.Transport) -> String {
        """
        target: { url: "reference/events?topics=news" }
        reference: { \(faults)raceWindow: 80ms, heartbeat: 250ms, inactivity: 2s }
        publish: { url: "reference/broadcast?topic=news", rate: 8/s, grace: 1s }
        bystanders: [{ name: health, url: /healthz, every: 40ms }]
        scenarios:
          - name: listeners
            transport: \(transport.rawValue)
            connections: 60
            arrival: { rate: 30/s }
            hold: 2500ms
            timeout: 5s
        leak: { baseline: 500ms, settle: 600ms, inactivity: 2s, calibrate: false }

        """
    }
}

extension Examination {
    // The hold leaves time to come back also where the machine stands still for a second or two. While its client is
    // away, each stream misses a dozen messages: one that is left out is not all of them. They are dropped by FIN, so
    // that a server that dies of a RST is left to the other examinations.
    static func reconnects(_ faults: String, _ transport: Scenario.Transport) -> String {
        """
        target: { url: "reference/events?topics=news" }
        reference: { \(faults)heartbeat: 250ms, inactivity: 5s }
        scenarios:
          - name: returners
            transport: \(transport.rawValue)
            connections: 15
            arrival: { rate: 15/s }
            hold: 8s
            timeout: 5s
            reconnect: { after: 600ms, jitter: 0ms..100ms, drop: { at: [1500ms, 3500ms], manner: fin } }
        publish: { url: "reference/broadcast?topic=news", rate: 20/s, body: "${seq}" }
        leak: { baseline: 500ms, settle: 600ms, inactivity: 5s, calibrate: false, attributionDrops: 0 }

        """
    }
}

extension SelftestSubject {
    /// Whether its state is told so late that the quick examinations would end before it shows.
    var isSlow: Bool {
        if case .beside(_, .cachedState) = self { true } else { false }
    }
}

extension SelftestSubject {
    /// Whether its examinations wait long: for a gauge that is late or blind, or for what orderly endings leave.
    var isLong: Bool {
        switch self {
        case .fault(let fault):
            [
                .cachedState, .poolWarmUp, .blindGauge, .collectedLate, .closeNeverFires, .secondWriteNotices,
                .timerLeak, .topicLeak, .generatorRunsOn,
            ].contains(fault)
        case .beside: isSlow
        case .clean, .cleanWithNeighbour, .cleanRecycling: false
        }
    }
}

/// Leaks behind a state that is told up to 5 s late: the server's own times are longer than that.
extension Examination {
    // What a drop leaves must outlast the cache; the stages and manners are the fewest that tell the faults apart.
    static func slowStreams(_ faults: String, _ transport: Scenario.Transport) -> String {
        """
        target: { url: "reference/events?topics=news" }
        reference: { \(faults)raceWindow: 80ms, heartbeat: 250ms, inactivity: 9s }
        scenarios:
          - name: listeners
            transport: \(transport.rawValue)
            connections: 20
            arrival: { rate: 40/s }
            hold: 3500ms
            timeout: 5s
          - name: droppers
            transport: \(transport.rawValue)
            connections: 80
            arrival: { rate: 20/s }
            timeout: 5s
            drop: { stages: [request-sent, streaming], manners: [fin, half-close], delay: 10ms..40ms, wait: 500ms }
        leak:
          baseline: 700ms
          settle: 600ms
          inactivity: 9s
          publish: { url: "reference/broadcast?topic=news", body: hello }
          attributionDrops: 10
        heartbeat: { expect: 250ms, tolerance: 20%, match: comment }

        """
    }

    static func slowCompletions(_ faults: String, _ transport: Scenario.Transport) -> String {
        """
        target: { url: reference/v1/chat/completions, method: POST }
        reference: { \(faults)tokens: 450, tokenRate: 50/s }
        scenarios:
          - name: callers
            transport: \(transport.rawValue)
            connections: 60
            arrival: { rate: 60/s }
            timeout: 5s
            drop: { stages: [request-partial, request-sent, streaming], manners: [fin, rst], delay: 10ms..40ms }
        leak: { baseline: 700ms, settle: 600ms, inactivity: 9s, attributionDrops: 10 }

        """
    }
}
