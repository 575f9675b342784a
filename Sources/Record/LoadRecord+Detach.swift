extension LoadRecord {
    /// Takes memory of its own for the histograms that every read of a stream may record in.
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
        errorFaces?.detach()
        stampError?.detach()
        streams?.gap.detach()
        streams?.timeToFirstToken?.detach()
        for index in (scenarios ?? []).indices { scenarios?[index].load.detach() }
    }
}
