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

extension FindingAdvice {
    /// Published messages, and streams that come back.
    static func messages(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .publishFailures:
            (
                "What the server does not take, nobody gets.",
                "Look at the errors' names, and at the server's log for the publishing endpoint."
            )
        case .nothingDelivered:
            (
                "Publishing works and no stream gets anything: the two do not meet.",
                "Look at topic names, at the instance that each request reaches, and at buffering in a proxy; "
                    + "`${seq}` must be in the event's data."
            )
        case .eventsLost:
            (
                "Users miss messages and nothing tells them so.",
                "Look at clients that are added or removed while a broadcast walks the list, at bounded queues "
                    + "that drop, and at the moment between first event and subscription."
            )
        case .eventsDuplicated:
            (
                "Users see a message twice, or act on it twice.",
                "Look for a client that is registered twice, or a replay that overlaps the live stream; give "
                    + "events ids, so that clients can tell."
            )
        case .eventsOutOfOrder:
            (
                "A client that keeps the last state ends up with an older one.",
                "Look for several workers or queues that write to one stream; order them by one queue for each "
                    + "topic."
            )
        case .lostOnResume:
            (
                "A client that says where it was is promised the rest, and does not get it.",
                "Look at how long the server's history is, and at events published between the replay and the new "
                    + "subscription."
            )
        case .duplicateOnResume:
            (
                "Clients get again what they have had.",
                "Look at the comparison with Last-Event-ID: it must replay what comes after the id, not the id "
                    + "itself."
            )
        case .resumeUnsupported:
            (
                "What is published while a client is away is lost.",
                "Give events an `id`, keep the last ones, and replay what comes after Last-Event-ID."
            )
        case .reconnectIncomplete:
            (
                "Users stay without a stream after an outage.",
                "Look at the failures on the way back under Reconnects: refused connections, a status, a rate "
                    + "limit."
            )
        case .reconnectStorm:
            (
                "After an outage all clients come at once; that is when servers fail again.",
                "Look at the peak of attempts under Reconnects, and whether the server held; spread clients by "
                    + "different `retry` values."
            )
        case .retryStorm:
            (
                "So short a `retry` makes clients hammer a server that is down.",
                "Send `retry` of some seconds, with a random part."
            )
        case .lastEventIDUnsent:
            (
                "A client that cannot name its last event starts again from nothing.",
                "Look at the ids: no line breaks, no NUL, short enough for a header line."
            )
        default: preconditionFailure("\(kind) has its words elsewhere")
        }
    }
}

extension FindingAdvice {
    /// What streams, and clients that never finish their handshake, do to everybody else.
    static func others(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .streamsHarmOthers:
            (
                "An open stream takes what ordinary requests need: users who watch nothing feel it as well.",
                "Look at what a stream holds while it is quiet: a thread, a database connection, a session's lock. Give "
                    + "it back before the stream begins, or give streams a pool of their own."
            )
        case .bystanderUnmeasured:
            (
                "Nothing is said about the endpoint: too little was seen of it to compare.",
                "Lengthen `leak.baseline`, shorten the bystander's `every`, and look whether its address and `expect` "
                    + "are right."
            )
        case .noHandshakeTimeout:
            (
                "A client that connects and says nothing more costs the server a socket for as long as it likes.",
                "Look for the server's timeout of handshakes and request heads: client_header_timeout (nginx), "
                    + "headersTimeout (Node), ReadHeaderTimeout (Go), RequestReadTimeout (Apache)."
            )
        default: preconditionFailure("\(kind) has its words elsewhere")
        }
    }
}
