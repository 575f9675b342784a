extension LoadRecord {
    /// Takes memory of its own for every histogram.
    ///
    /// Whoever was copied from then records on without allocating.
    package mutating func detach() {
        latency.connect.detach()
        latency.tlsHandshake.detach()
        latency.timeToHeaders.detach()
        latency.timeToFirstEvent.detach()
        latency.event.detach()
        heartbeat.interval.detach()
        heartbeat.quietLives?.detach()
        dropDelays?.detach()
        loopLag.detach()
        for index in (scenarios ?? []).indices { scenarios?[index].load.detach() }
    }
}
