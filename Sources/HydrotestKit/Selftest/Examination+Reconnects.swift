import RunProfile

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
