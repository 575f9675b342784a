import Verdict

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
