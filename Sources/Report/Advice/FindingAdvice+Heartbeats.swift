import Verdict

extension FindingAdvice {
    /// What keeps quiet streams alive.
    static func heartbeats(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .heartbeatAbsent:
            (
                "Without bytes on a quiet stream, proxies and mobile networks close it, and neither side notices "
                    + "a dead peer.",
                "Look whether the server has a heartbeat timer, whether it is started for each stream, and "
                    + "whether a proxy buffers it; `heartbeat.match` must name its form."
            )
        case .heartbeatMissed:
            (
                "A client that waits for beats takes the stream for dead and comes back, which adds load.",
                "Look at Heartbeats for when they were missed: a timer behind a blocked event loop, or one write "
                    + "that waits for another client."
            )
        case .heartbeatUnmeasured:
            (
                "Nothing is known about heartbeats.",
                "Hold some streams for at least three times `heartbeat.expect`."
            )
        case .heartbeatExcused:
            (
                "The generator was late itself, so these beats are not held against the server.",
                "Run with fewer connections, or on a machine with more processors, if there were many."
            )
        case .heartbeatStops:
            (
                "A stream without beats looks alive to the server and dead to the network.",
                "Look for a timer that is cleared or never set again: after an error in its callback, after an "
                    + "unsubscribe, after a reconnect."
            )
        case .heartbeatDrift:
            (
                "The interval is not the one that was set, so a timeout chosen from it is wrong.",
                "Look for a timer that is set again after each beat's work instead of on a fixed schedule."
            )
        case .heartbeatUnderLoad:
            (
                "Beats fail just when many clients come, and their reconnects add to the crowd.",
                "Look at what blocks the event loop while connections are accepted: TLS handshakes, "
                    + "authentication, a synchronous lookup."
            )
        case .heartbeatAmongEvents:
            (
                "Beats fail while events are sent.",
                "Look at whether a broadcast to all clients runs in one go: send in portions, and let timers run "
                    + "in between."
            )
        case .heartbeatHerd:
            (
                "All streams beat at once: a burst of work and packets each period, and silence in between.",
                "Give each stream's timer a random first delay."
            )
        case .heartbeatDiscovered:
            (
                "The profile expects no heartbeat, so none that is missed would be noticed.",
                "Put the line of the evidence into the profile."
            )
        case .proxiesWouldCut:
            (
                "Behind one of these proxies with its default settings, quiet streams are cut and clients come "
                    + "back in a loop.",
                "Send heartbeats at less than half of the shortest limit, or raise the proxy's timeout."
            )
        default: preconditionFailure("\(kind) has its words elsewhere")
        }
    }
}
