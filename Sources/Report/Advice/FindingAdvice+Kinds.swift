import Verdict

extension FindingAdvice {
    /// The advice on a kind of finding, whatever the run.
    package static func of(_ kind: FindingKind) -> FindingAdvice {
        let words = words(kind)
        return FindingAdvice(matters: words.0, look: words.1)
    }

    /// Why it matters, and what to look at; a kind without words does not compile.
    private static func words(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .leak, .leakNotAttributed, .raceWindow, .raceNotFound, .gaugeGrows, .memoryGrows, .keptMemory,
            .leaksPolitely, .gaugeUnreadable, .gaugeJumpedBack, .slowReadersUnbounded, .slowReadersDropped,
            .slowReadersHarmOthers:
            held(kind)
        case .retained, .leaksNotWatched, .gaugeBlind, .gaugeLags, .gaugeIsTotal, .gaugeOfSeveralProcesses,
            .gaugeMovesByItself, .calibrationShort:
            gauges(kind)
        case .serverDied, .stoppedServing, .serverStalled, .nothingEstablished, .mostConnectionsFailed, .errors,
            .limitHit, .streamsEnded, .streamsCutAtAge, .streamsRecycled, .streamsEndedTogether, .quietStreamsEnded,
            .endedWithoutMarker,
            .streamsCancelled, .serverClockUnread, .serverRestarted:
            streams(kind)
        case .streamsHarmOthers, .bystanderUnmeasured, .noHandshakeTimeout: others(kind)
        case .heartbeatAbsent, .heartbeatMissed, .heartbeatUnmeasured, .heartbeatExcused, .heartbeatStops,
            .heartbeatDrift, .heartbeatUnderLoad, .heartbeatAmongEvents, .heartbeatHerd, .heartbeatDiscovered,
            .proxiesWouldCut:
            heartbeats(kind)
        case .publishFailures, .nothingDelivered, .eventsLost, .eventsDuplicated, .eventsOutOfOrder, .lostOnResume,
            .duplicateOnResume, .resumeUnsupported, .reconnectIncomplete, .reconnectStorm, .retryStorm,
            .lastEventIDUnsent:
            messages(kind)
        case .capacity, .capacityPublishFailed, .thresholdsNotJudged, .publishFailed, .probeFailed, .hookFailed,
            .generatorSaturated, .lateArrivals, .workerDied, .interrupted, .recovered, .findingsLeftOut:
            run(kind)
        }
    }
}
