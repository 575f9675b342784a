import Verdict

extension FindingAdvice {
    /// What the server holds: leaks, memory, and what slow readers cost it.
    static func held(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .leak:
            (
                "What the server keeps for a client that is gone adds up until memory or descriptors run out.",
                "Look at everything the server keeps for a connection: does each way to end one release it?"
            )
        case .leakNotAttributed:
            (
                "The leak is real, but no single stage left it when it was tried alone, so it may need load, or "
                    + "several causes.",
                "Run `hydrotest matrix` with this profile, with more drops in each cycle, to find the stage and "
                    + "manner."
            )
        case .leaksPolitely:
            (
                "Every client that ever comes leaves something behind, also those that say goodbye: it grows with traffic alone.",
                "Is there a close handler at all, and is it registered for this way to end? Let it release what the stream took."
            )
        case .raceWindow:
            (
                "A client that leaves within this time meets the server half way through its registration, and "
                    + "stays. On a slow network many clients leave just then.",
                "The window's width tells how long the server takes from the stage to its own insertion: look at "
                    + "what runs in between."
            )
        case .raceNotFound:
            (
                "No delay in the range that was tried leaked, which does not rule out others.",
                "Widen --from and --to, raise --budget, or name another --stage and --manner."
            )
        case .gaugeGrows:
            (
                "Under the same load the server holds more and more: given enough time it runs out.",
                "Look at what is made for each connection or event and kept in a list, map or cache without a "
                    + "bound; compare two heap snapshots an hour apart."
            )
        case .memoryGrows:
            (
                "Memory that grows with each round of drops is not an allocator's reserve, which would level off.",
                "Look at what is allocated at the named stage, and compare heap snapshots before and after a few "
                    + "thousand drops."
            )
        case .keptMemory:
            (
                "Allocators keep freed memory for reuse, so this alone is no leak.",
                "Run it again for longer: memory that a leak holds goes on growing, a reserve does not."
            )
        case .gaugeUnreadable:
            (
                "Whether this gauge leaked cannot be told without the reading.",
                "Look at why the probe failed at that moment: was the endpoint down, slow, or the process gone?"
            )
        case .gaugeJumpedBack:
            (
                "A gauge that falls at once usually means that the server restarted, and its leaks with it.",
                "Look in the server's log and its supervisor's for a crash or a restart at that time."
            )
        case .slowReadersUnbounded:
            (
                "One client on a bad network can take as much memory as it likes, and a few of them the server's "
                    + "last.",
                "Bound what is queued for a client: watch the return value of write (back-pressure), and end or "
                    + "skip clients that lag."
            )
        case .slowReadersDropped:
            (
                "The server protects itself from readers that lag. Their users lose the stream.",
                "Look whether the limit is what you meant, and whether such a client may come back with "
                    + "Last-Event-ID."
            )
        case .slowReadersHarmOthers:
            (
                "One slow client delays everybody: a write that blocks, or one queue for all.",
                "Look for a broadcast that waits for each client in turn: give each client a queue of its own, "
                    + "with a bound."
            )
        default: preconditionFailure("\(kind) has its words elsewhere")
        }
    }
}
