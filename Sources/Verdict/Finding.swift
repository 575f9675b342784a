import Vocabulary

/// One judged fact with its evidence.
public struct Finding: Codable, Equatable, Sendable {
    /// What kind of fact, the same in every run: `leak`, `late-heartbeat`, `generator-saturated`.
    public var id: String
    /// How much it weighs.
    public var severity: Severity
    /// The fact in one line.
    public var title: String
    /// What was seen, in plain words and figures; a sentence each.
    public var evidence: [String]
    /// The series' name of the gauge that it is about; nil where it is about none, and in reports of older versions.
    public var gauge: String?

    /// A finding from its parts.
    public init(id: String, severity: Severity, title: String, evidence: [String]) {
        self.id = id
        self.severity = severity
        self.title = title
        self.evidence = evidence
    }

    /// A finding of a kind.
    public init(_ kind: FindingKind, _ severity: Severity, _ title: String, evidence: [String], gauge: String? = nil) {
        self.init(id: kind.rawValue, severity: severity, title: title, evidence: evidence)
        self.gauge = gauge
    }

    /// What kind of fact it is; nil where this version does not know it.
    public var kind: FindingKind? { FindingKind(rawValue: id) }
}

/// The kinds of findings that a run can have; the word is a finding's id.
///
/// A finding is made of a kind, so that no report can hold one that is not explained.
public enum FindingKind: String, CaseIterable, Sendable {
    case leak
    case leakNotAttributed = "leak-not-attributed"
    case raceWindow = "race-window"
    case raceNotFound = "race-not-found"
    case leaksPolitely = "leaks-politely"
    case retained
    case leaksNotWatched = "leaks-not-watched"
    case gaugeBlind = "gauge-blind"
    case gaugeLags = "gauge-lags"
    case gaugeIsTotal = "gauge-is-total"
    case gaugeOfSeveralProcesses = "gauge-of-several-processes"
    case gaugeMovesByItself = "gauge-moves-by-itself"
    case calibrationShort = "calibration-short"
    case gaugeGrows = "gauge-grows"
    case memoryGrows = "memory-grows"
    case keptMemory = "kept-memory"
    case gaugeUnreadable = "gauge-unreadable"
    case gaugeJumpedBack = "gauge-jumped-back"
    case serverDied = "server-died"
    case stoppedServing = "stopped-serving"
    case serverStalled = "server-stalled"
    case nothingEstablished = "nothing-established"
    case mostConnectionsFailed = "most-connections-failed"
    case errors
    case limitHit = "limit-hit"
    case streamsEnded = "streams-ended"
    case streamsCutAtAge = "streams-cut-at-age"
    case streamsRecycled = "streams-recycled"
    case streamsEndedTogether = "streams-ended-together"
    case quietStreamsEnded = "quiet-streams-ended"
    case heartbeatAbsent = "heartbeat-absent"
    case heartbeatMissed = "heartbeat-missed"
    case heartbeatUnmeasured = "heartbeat-unmeasured"
    case heartbeatExcused = "heartbeat-excused"
    case heartbeatStops = "heartbeat-stops"
    case heartbeatDrift = "heartbeat-drift"
    case heartbeatUnderLoad = "heartbeat-under-load"
    case heartbeatAmongEvents = "heartbeat-among-events"
    case heartbeatHerd = "heartbeat-herd"
    case heartbeatDiscovered = "heartbeat-discovered"
    case proxiesWouldCut = "proxies-would-cut"
    case publishFailures = "publish-failures"
    case nothingDelivered = "nothing-delivered"
    case eventsLost = "events-lost"
    case eventsDuplicated = "events-duplicated"
    case eventsOutOfOrder = "events-out-of-order"
    case lostOnResume = "lost-on-resume"
    case duplicateOnResume = "duplicate-on-resume"
    case resumeUnsupported = "resume-unsupported"
    case reconnectIncomplete = "reconnect-incomplete"
    case reconnectStorm = "reconnect-storm"
    case retryStorm = "retry-storm"
    case lastEventIDUnsent = "last-event-id-unsent"
    case serverRestarted = "server-restarted"
    case endedWithoutMarker = "ended-without-marker"
    case streamsCancelled = "streams-cancelled"
    case serverClockUnread = "server-clock-unread"
    case slowReadersUnbounded = "slow-readers-unbounded"
    case slowReadersDropped = "slow-readers-dropped"
    case slowReadersHarmOthers = "slow-readers-harm-others"
    case streamsHarmOthers = "streams-harm-others"
    case bystanderUnmeasured = "bystander-unmeasured"
    case noHandshakeTimeout = "no-handshake-timeout"
    case capacity
    case capacityPublishFailed = "capacity-publish-failed"
    case thresholdsNotJudged = "thresholds-not-judged"
    case publishFailed = "publish-failed"
    case probeFailed = "probe-failed"
    case hookFailed = "hook-failed"
    case generatorSaturated = "generator-saturated"
    case lateArrivals = "late-arrivals"
    case workerDied = "worker-died"
    case interrupted
    case recovered
    case findingsLeftOut = "findings-left-out"
}
