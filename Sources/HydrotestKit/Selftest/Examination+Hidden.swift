import RunProfile
import Vocabulary

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
