import Record
import Verdict
import Vocabulary

/// The faults that streams tell of.
extension Symptoms {
    /// Missed beats of each stream from which they have stopped.
    private static let missedOnceStopped = 2.0
    /// The share of the streams that must show it, so that one that was unlucky accuses nobody.
    private static let share = 0.5
    /// The time to a response's head, in ns, that all but one take at least where connections wait to be accepted.
    ///
    /// One may come while another, such as a probe's, has waited already, and is accepted with it.
    private static let slowHead: Nanoseconds = 150 * .perMillisecond
    /// The fewest heads that tell it: of fewer, a busy machine may delay all.
    private static let fewestHeads = 4

    private var heartbeat: HeartbeatRecord { record.load.heartbeat }
    private var streams: Double { Double(heartbeat.streams) }
    private var missedPerStream: Double { Double(heartbeat.missed ?? 0) / max(1, streams) }
    private var hasBeats: Bool { heartbeat.beats > 0 }

    /// The share of the held streams that the server has ended.
    private var endedShare: Double { Double(record.load.connections.ended) / max(1, streams) }

    /// A process that dies when a stream is reset: it has survived no reset for long.
    var crash: FaultCause? {
        guard let death = record.serverDeath else { return nil }
        let last = death.lastDrops.count { Self.resetsStream($0.stage, $0.manner) }
        let all = record.load.drops.filter { Self.resetsStream($0.stage, $0.manner) }
        guard last > 0, all.allSatisfy({ $0.count <= last }) else { return nil }
        return FaultCause(
            .crashOnReset,
            findings: ["server-died", "most-connections-failed", "nothing-established", "streams-ended"]
                + ["quiet-streams-ended", "heartbeat-absent"]
        )
    }

    private static func resetsStream(_ stage: Stage, _ manner: Manner) -> Bool {
        manner == .rst && stage >= .headersReceived
    }

    /// Streams without a beat: none is sent, or all that is sent is held back.
    var silence: FaultCause? {
        guard hasFinding("heartbeat-absent"), record.load.connections.established > 0 else { return nil }
        if record.load.stages[.firstEvent] == nil {
            return FaultCause(.buffered, findings: ["heartbeat-absent", "most-connections-failed"])
        }
        guard endedShare > Self.share else { return nil }
        return FaultCause(.noHeartbeat, findings: ["heartbeat-absent", "quiet-streams-ended", "streams-ended"])
    }

    /// Streams that are ended though their heartbeats came, or since these have stopped.
    var killedWhileQuiet: FaultCause? {
        guard hasBeats, endedShare > Self.share else { return nil }
        let fault: Fault = missedPerStream >= Self.missedOnceStopped ? .heartbeatStops : .quietKill
        return FaultCause(fault, findings: ["quiet-streams-ended", "streams-ended"])
    }

    /// Beats that come, but ever later.
    var drift: FaultCause? {
        guard let expected = record.heartbeatExpected, endedShare <= Self.share,
            let half = heartbeat.interval.value(atPercentile: 50), half > expected.longestInterval
        else { return nil }
        return FaultCause(.heartbeatDrift)
    }

    /// Streams that are not said to be any.
    var contentType: FaultCause? {
        guard record.load.errors["NOT_AN_EVENT_STREAM"] ?? 0 > 0 else { return nil }
        return FaultCause(.wrongContentType, findings: ["nothing-established", "most-connections-failed"])
    }

    /// Connections that wait to be accepted.
    var acceptance: FaultCause? {
        let heads = record.load.latency.timeToHeaders
        guard heads.count >= Self.fewestHeads else { return nil }
        let second = heads.value(atPercentile: 150 / Double(heads.count))
        guard let second, second >= Self.slowHead else { return nil }
        return FaultCause(.slowAccept)
    }
}
