import Record
import Verdict
import Vocabulary

/// The faults that streams tell of.
extension Symptoms {
    /// Every one that shows.
    var ofStreams: [FaultCause?] {
        [
            silence, killedWhileQuiet, cutAtAge, drift, herd, pause, frozenReader, contentType, acceptance,
            skippedBroadcast, sharedQueue,
        ]
    }

    /// The share of the streams that must show it, so that one that was unlucky accuses nobody.
    private static let share = 0.5
    /// The periods without a byte after which beats have stopped.
    private static let silentPeriods: Nanoseconds = 3
    /// The growth from one beat to the next, as a share of the period, that no busy machine makes.
    private static let growth = 0.03
    /// The time to a response's head, in ns, that all but one take at least where connections wait to be accepted.
    ///
    /// One may come while another, such as a probe's, has waited already, and is accepted with it.
    private static let slowHead: Nanoseconds = 400 * .perMillisecond
    /// The fewest heads that tell it: of fewer, a busy machine may delay all.
    private static let fewestHeads = 4
    /// The shortest time for which a server that stands still does so, in s.
    private static let shortestPause = 1.5

    private var heartbeat: HeartbeatRecord { record.load.heartbeat }
    private var streams: Double { Double(heartbeat.streams) }
    /// The share of the held streams whose beats came and then stopped.
    private var stoppedShare: Double { Double(heartbeat.rhythm?.stopped ?? 0) / max(1, streams) }
    /// Whether most streams were ended after a silence of several periods.
    ///
    /// Bytes come before the end, so that even a machine that is too busy to see beats in time sees that none came.
    private var endedInSilence: Bool {
        guard let expected = record.heartbeatExpected, let quiet = heartbeat.quietLives?.value(atPercentile: 50),
            quiet >= Self.silentPeriods * expected.expect
        else { return false }
        return Double(heartbeat.disconnectedWhileQuiet) / max(1, streams) > Self.share
    }
    private var hasBeats: Bool { heartbeat.beats > 0 }

    /// The share of the held streams that the server has ended.
    private var endedShare: Double { Double(record.load.connections.ended) / max(1, streams) }

    /// What a run shows of a server whose process has died.
    private static let endOfServer: [FindingKind] = [
        .serverDied, .mostConnectionsFailed, .nothingEstablished, .streamsEnded, .quietStreamsEnded, .heartbeatAbsent,
        .publishFailures, .nothingDelivered,
    ]

    /// A process that dies when a stream is reset: it has survived no reset for long.
    var crash: FaultCause? {
        guard let death = record.serverDeath else { return nil }
        let last = death.lastDrops.count { Self.resetsStream($0.stage, $0.manner) }
        let all = record.load.drops.filter { Self.resetsStream($0.stage, $0.manner) }
        guard last > 0, all.allSatisfy({ $0.count <= last }) else { return nil }
        return FaultCause(
            .crashOnReset,
            findings: Self.endOfServer,
            // What is sent to a stream that was closed is answered by a reset as well.
            consequences: [.lateCrash]
        )
    }

    /// A process that dies though nobody has reset a stream yet: streams were only ended in good order, to calibrate.
    var lateCrash: FaultCause? {
        guard let death = record.serverDeath,
            let calibration = record.phases.first(where: { $0.name == .calibration }),
            (calibration.start...calibration.end + Self.latestCrash).contains(death.time),
            !death.lastDrops.contains(where: { Self.resetsStream($0.stage, $0.manner) })
        else { return nil }
        return FaultCause(
            .lateCrash,
            findings: Self.endOfServer
        )
    }

    /// How long after the streams of the calibration a server may die of their end, in s.
    private static let latestCrash = 1.0

    private static func resetsStream(_ stage: Stage, _ manner: Manner) -> Bool {
        manner == .rst && stage >= .headersReceived
    }

    /// Streams without a beat: none is sent, or all that is sent is held back.
    var silence: FaultCause? {
        guard hasFinding(.heartbeatAbsent), record.load.connections.established > 0 else { return nil }
        if record.load.stages[.firstEvent] == nil {
            return FaultCause(
                .buffered,
                findings: [.heartbeatAbsent, .mostConnectionsFailed, .nothingDelivered, .eventsLost]
            )
        }
        guard endedShare > Self.share else { return nil }
        return FaultCause(.noHeartbeat, findings: [.heartbeatAbsent, .quietStreamsEnded, .streamsEnded])
    }

    /// Streams that are ended though their heartbeats came, or since these have stopped.
    var killedWhileQuiet: FaultCause? {
        guard hasBeats, endedShare > Self.share, !isRecycled else { return nil }
        let ends: [FindingKind] = [.quietStreamsEnded, .streamsEnded, .streamsRecycled]
        return stoppedShare > Self.share || endedInSilence
            ? FaultCause(.heartbeatStops, findings: ends + [.heartbeatStops])
            : FaultCause(.quietKill, findings: ends)
    }

    /// Whether streams end in good order and their clients are told to come back.
    private var isRecycled: Bool { heartbeat.ended?.orderly?.isToldRetry == true }

    /// Streams that are cut at one age although beats come.
    var cutAtAge: FaultCause? {
        guard hasFinding(.streamsCutAtAge) else { return nil }
        return FaultCause(.cutAtAge, findings: [.streamsCutAtAge, .mostConnectionsFailed])
    }

    /// Beats that come, but ever later: on most streams the intervals grow, and have grown too long.
    var drift: FaultCause? {
        guard hasFinding(.heartbeatDrift), endedShare <= Self.share, let expected = record.heartbeatExpected,
            let growth = heartbeat.rhythm?.growth.value(atPercentile: 50),
            growth > Self.growth * Double(expected.expect)
        else { return nil }
        return FaultCause(.heartbeatDrift, findings: [.heartbeatDrift])
    }

    /// Beats that all streams get in the same instant, whenever they began.
    var herd: FaultCause? {
        hasFinding(.heartbeatHerd) ? FaultCause(.heartbeatHerd, findings: [.heartbeatHerd]) : nil
    }

    /// Streams that fell silent all at once, and went on.
    var pause: FaultCause? {
        guard hasFinding(.serverStalled), hasPaused else { return nil }
        return FaultCause(.serverPause, findings: [.serverStalled])
    }

    /// Whether streams fell silent for longer than a machine that is busy with other cases keeps a server from its work.
    var hasPaused: Bool { (record.load.silences ?? []).contains { $0.length >= Self.shortestPause } }

    /// Streams that fell silent until a slow reader left: until then no other was served, and what was for them waited.
    var frozenReader: FaultCause? {
        // A server that is busy with what slow readers do not take is silent for less.
        guard hasPaused,
            judgement.findings.contains(where: { $0.kind == .slowReadersHarmOthers && $0.severity == .failure })
        else {
            return nil
        }
        // A server that stood still may take its clients for silent, and end their streams as soon as it goes on.
        return FaultCause(
            .frozenReaderStallsAll,
            findings: [
                .slowReadersHarmOthers, .serverStalled, .slowReadersUnbounded, .noHandshakeTimeout, .streamsEnded,
            ],
            consequences: [.serverPause, .slowAccept, .unboundedQueue, .noHandshakeTimeout]
        )
    }

    /// Streams that are not said to be any.
    var contentType: FaultCause? {
        guard record.load.errors["NOT_AN_EVENT_STREAM"] ?? 0 > 0 else { return nil }
        return FaultCause(.wrongContentType, findings: [.nothingEstablished, .mostConnectionsFailed])
    }

    /// Messages that streams missed which were registered while these were under way, and no others.
    var skippedBroadcast: FaultCause? {
        let counts = (record.load.deliveries ?? []).reduce(into: DeliveryCounts()) { $0.merge($1.counts) }
        guard hasFinding(.eventsLost), counts.lostAtStart == counts.lost else { return nil }
        return FaultCause(.broadcastSkips, findings: [.eventsLost])
    }

    /// Messages that each came to one stream alone.
    var sharedQueue: FaultCause? {
        guard case .oneQueue = DeliveryPattern(record.load) else { return nil }
        // What is published just as a stream resumes goes to another one, and is not replayed either.
        return FaultCause(.sharedQueue, findings: [.eventsLost, .lostOnResume], consequences: [.lostOnResume])
    }

    /// Connections that wait to be accepted.
    var acceptance: FaultCause? {
        // Who comes with others may be accepted with them: those who come one by one tell.
        let loads = record.load.scenarios.map { $0.map(\.load) } ?? [record.load]
        return loads.contains { Self.waits($0.latency[.timeToHeaders]) } ? FaultCause(.slowAccept) : nil
    }

    /// Whether all of some heads but one took as long as connections wait that are accepted late.
    private static func waits(_ heads: LatencyHistogram) -> Bool {
        guard heads.count >= fewestHeads else { return false }
        return heads.value(atPercentile: 150 / Double(heads.count)).map { $0 >= slowHead } ?? false
    }
}

/// The faults that streams which come back tell of.
extension Symptoms {
    /// Every one that shows.
    var ofComingBack: [FaultCause?] { [retryStorm, lostOnResume, duplicateOnResume, subscribedAfterReplay] }

    /// A reconnection time that makes all clients come back at once.
    var retryStorm: FaultCause? { cause(.retryStorm, of: .retryStorm) }

    /// Messages that a resumed stream leaves out.
    var lostOnResume: FaultCause? { cause(.lostOnResume, of: .lostOnResume) }

    /// Messages that a resumed stream repeats.
    var duplicateOnResume: FaultCause? { cause(.duplicateOnResume, of: .duplicateOnResume) }

    /// Messages that resumed streams lost between what they were sent again and their first live message.
    var subscribedAfterReplay: FaultCause? {
        guard case .behindResume = DeliveryPattern(record.load) else { return nil }
        // What others get before the resumed stream's head has come counts as published while its client was away.
        return FaultCause(
            .subscribeAfterReplay,
            findings: [.eventsLost, .lostOnResume],
            consequences: [.lostOnResume]
        )
    }

    private func cause(_ fault: Fault, of finding: FindingKind) -> FaultCause? {
        hasFinding(finding) ? FaultCause(fault, findings: [finding]) : nil
    }
}

/// The faults that others than the streams tell of: ordinary requests, and clients that stall before theirs.
extension Symptoms {
    /// Every one that shows.
    var ofOthers: [FaultCause?] { [starvation, handshake] }

    /// Ordinary requests that wait for open streams.
    var starvation: FaultCause? {
        guard hasFinding(.streamsHarmOthers) else { return nil }
        return FaultCause(.starvesBystanders, findings: [.streamsHarmOthers])
    }

    /// Connections that stall, and are never ended; no time is too short that other servers' clients are ended in.
    var handshake: FaultCause? {
        guard hasFinding(.noHandshakeTimeout) else { return nil }
        return FaultCause(.noHandshakeTimeout, findings: [.noHandshakeTimeout])
    }
}
