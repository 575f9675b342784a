import Verdict

extension FindingAdvice {
    /// What becomes of connections and streams.
    static func streams(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .serverDied:
            (
                "Every user lost the stream, and what the run measured ends there.",
                "Look at the server's last log lines, its exit code or signal, and the kernel's log for an "
                    + "out-of-memory kill; the drops just before are listed above."
            )
        case .stoppedServing:
            (
                "Nobody gets a stream any more until the server is started again, though its process lives.",
                "Look for what is counted, pooled or locked a connection (slots, threads, database connections) and not "
                    + "given back by the drops before; a rate limit would say so in its answer."
            )
        case .serverStalled:
            (
                "Every user waited at once, and new ones were not served: proxies and clients with a shorter patience "
                    + "have given up by then.",
                "Look for what blocks the server's one loop or lock at that moment: a collection of garbage, a "
                    + "synchronous call, a full disk, a paused container."
            )
        case .nothingEstablished:
            (
                "No stream began, so nothing else in this report says anything about the server.",
                "Look at the furthest stage that was reached and at the errors under Counts: address, "
                    + "certificate, path, credentials."
            )
        case .mostConnectionsFailed:
            (
                "Most users would not have got a stream.",
                "Look at the first error's name under Counts: refused and reset point to the accept queue or a "
                    + "proxy, EMFILE to a descriptor limit, a status to the application."
            )
        case .errors:
            (
                "Each error is a user whose stream failed.",
                "Look at the error's name, at when it happened (Over time), and at the server's log for the same "
                    + "moment."
            )
        case .limitHit:
            (
                "The server sent more than Hydrotest accepts; a browser or proxy may have a limit as well.",
                "Look at the named limit: endless headers, an event without an end, or a compressed stream that "
                    + "expands without bound."
            )
        case .streamsEnded:
            (
                "Clients must come back each time; events in between are lost unless the server replays them.",
                "Look for a maximum age or a timeout in the server, and in each proxy before it, of the time that "
                    + "the evidence names."
            )
        case .streamsCutAtAge:
            (
                "A healthy client loses its stream in the middle, again and again, and what was being sent then is lost.",
                "Look for an absolute limit of that time: a write or request timeout of the server (Go's WriteTimeout, "
                    + "a platform's longest request), or of a proxy. Lift it for streams, or end them in good order before."
            )
        case .streamsRecycled:
            (
                "Clients come back each time: cheap where events are replayed, a gap where they are not.",
                "Nothing, if the age is one that you chose; `reconnect` in the profile shows what is lost in between."
            )
        case .streamsEndedTogether:
            (
                "All streams of one process, or one proxy's connection, ended at once, and come back at once.",
                "Look at the server's log for that moment: a worker that was killed, restarted or recycled, a deployment, "
                    + "a proxy that was reloaded."
            )
        case .quietStreamsEnded:
            (
                "Healthy clients of quiet topics are thrown out, since silence is taken for absence.",
                "Send a heartbeat (a comment line will do) more often than the shortest timeout, or do not count "
                    + "silence against a client that only listens."
            )
        case .endedWithoutMarker:
            (
                "The client cannot tell a complete answer from one that was cut off.",
                "Look at what the server does when the work behind the stream fails: send an error event, and the "
                    + "end marker always last."
            )
        case .streamsCancelled:
            (
                "Work that goes on for a client that has left costs money and time.",
                "Look at the gauges of the work: if they do not fall after the drop, pass the cancellation on to "
                    + "whatever makes the tokens."
            )
        case .serverClockUnread:
            (
                "Event latencies by the server's own clock are missing or incomplete.",
                "Look at `latency.pointer` and `unit` in the profile, and at the data of a real event: `hydrotest "
                    + "tap URL --count 3`."
            )
        case .serverRestarted:
            (
                "The profile restarted the bundled server, so gauges and streams began anew there.",
                "Nothing, as it was planned; see Reconnects for how clients came back."
            )
        default: preconditionFailure("\(kind) has its words elsewhere")
        }
    }
}
