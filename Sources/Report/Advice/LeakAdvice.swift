import Verdict
import Vocabulary

/// What a leak of a class and a stage means, and where in the server to look for it.
enum LeakAdvice {
    /// Why a leak of a class matters.
    static func matters(_ class: LeakClass) -> String {
        switch `class` {
        case .none, .drains: "The server cleans up in time; this costs nothing for long."
        case .bounded:
            "Until the inactivity timeout the server holds what nobody uses: many short visits pile up, and it counts "
                + "clients that are not there."
        case .untilBroadcast:
            "On a quiet topic nothing is published for hours, and the server holds dead clients all that time."
        case .permanent:
            "Each client that leaves so costs the server something that it never gets back: in time it runs out of "
                + "memory or descriptors, sooner the busier it is."
        }
    }

    /// Where to look for the leaks of a gauge, by their stages and manners and the class of the first, which is the worst.
    static func look(_ leaks: [Leak]) -> String {
        guard let worst = leaks.first else { return untraced }
        // What leaks in several manners is no matter of one.
        let manner = leaks.allSatisfy { $0.manner == worst.manner } ? worst.manner : nil
        let stages = Set(leaks.compactMap(\.stage))
        let place =
            stages.count > 1
            ? Self.place(several: stages.sorted(), manner) : stages.first.map { Self.place($0, manner) } ?? untraced
        return place + " " + cleaner(worst.class)
    }

    /// Where to look for what leaks at more than one stage, in order.
    private static func place(several stages: [Stage], _ manner: Manner?) -> String {
        let drop =
            "Clients stay that leave at any of \(stages.count) stages"
            + (manner.map { " (\($0.rawValue))" } ?? "") + ", from \(stages[0].rawValue) on. "
        switch manner {
        case .halfClose:
            return drop
                + "Look at what reads the end of a client's input: is it taken for a client that is gone, and if not, what "
                + "notices later that nobody is there?"
        case .stall, .vanish:
            return drop
                + "Nothing tells the server that these are gone: look for a timeout on a silent connection, a heartbeat "
                + "whose failed write ends the stream, or TCP_USER_TIMEOUT."
        case .fin, .rst, .closeNotify, .alert, nil:
            return drop
                + "Look at what the server makes before the first of them: does every way that a connection ends release "
                + "it, errors of reading and of writing too?"
        }
    }

    /// Where in the server to look, by stage.
    static func place(_ stage: Stage, _ manner: Manner?) -> String {
        let drop =
            "Clients that leave at \(stage.rawValue)" + (manner.map { " (\($0.rawValue))" } ?? "")
            + ", \(moment(stage)), stay in the server. "
        switch stage {
        case .connecting, .connected:
            return drop + "Look at what the server makes as it accepts: does a close before the first byte release it?"
        case .tlsHelloPartial, .tlsHelloSent, .tlsHelloReceived, .tlsFinishedWithheld, .tlsEstablished:
            return drop
                + "Look at what the server makes before the TLS handshake ends: does an aborted one release it?"
        case .requestPartial:
            return drop + "Look at what the server makes while it reads a request: does an aborted request release it?"
        case .requestSent, .responseStarted, .headersReceived:
            return drop
                + "Look at what the server registers between reading the request and writing the first event: can the "
                + "close handler run before the client is in the map? Insert the client first, or let the handler set a "
                + "flag that the insertion checks."
        case .streamStarted, .firstEvent, .streaming:
            return drop
                + "Look at the close handler of an open stream: does it undo everything that opening and subscribing "
                + "did, and stop the work that was begun for it?"
        }
    }

    /// When in a connection's life a stage is, for a reader who does not know its name.
    private static func moment(_ stage: Stage) -> String {
        switch stage {
        case .connecting: "while the connection is made"
        case .connected: "right after connecting"
        case .tlsHelloPartial: "in the midst of their TLS ClientHello"
        case .tlsHelloSent: "right after their TLS ClientHello"
        case .tlsHelloReceived: "after the server's TLS answer"
        case .tlsFinishedWithheld: "before the last message of the TLS handshake"
        case .tlsEstablished: "right after the TLS handshake"
        case .requestPartial: "in the midst of their request"
        case .requestSent: "right after their request"
        case .responseStarted: "as the answer begins"
        case .headersReceived: "after the answer's headers"
        case .streamStarted: "as the stream begins"
        case .firstEvent: "after the first event"
        case .streaming: "in the midst of the stream"
        }
    }

    private static let untraced =
        "It was traced to no stage. Look at everything the server keeps for a connection: does each way to end one "
        + "release it?"

    private static func cleaner(_ class: LeakClass) -> String {
        switch `class` {
        case .none, .drains: "Nothing needs to be done."
        case .bounded: "The inactivity timer does clean up: call the same from the close handler."
        case .untilBroadcast:
            "The failing write to the dead client does clean up: do the same as soon as the connection closes."
        case .permanent: "Nothing cleans up later, so the close itself must."
        }
    }
}

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

extension FindingAdvice {
    /// The words for findings that tell what the gauges are worth.
    static func gauges(_ kind: FindingKind) -> (String, String) {
        switch kind {
        case .retained:
            (
                "Healthy servers keep threads, connections and buffers for reuse. What does not grow with further drops will "
                    + "not grow for ever.",
                "Nothing, unless the amount itself is too much. A bigger `connections` shows where it stops."
            )
        case .leaksNotWatched:
            (
                "A client that stays in one of the server's own maps is seen in no count of sockets or descriptors.",
                WatchedGauges.nextStep + " `hydrotest init` looks for one in the common places."
            )
        case .gaugeBlind:
            (
                "A gauge that stands still while streams are open cannot show what they leave behind.",
                "Check where it points: another member, another instance, another process?"
            )
        case .gaugeLags:
            (
                "A value that is cached or swept tells what was, so every reading is taken later, and the run lasts longer.",
                "Nothing; a gauge that is counted when it is asked for makes the run shorter."
            )
        case .gaugeIsTotal:
            (
                "A counter never comes back, so nothing can be concluded from what it holds.",
                "Write `unit: total` if it is a counter, `unit: count` if it counts what is held now."
            )
        case .gaugeOfSeveralProcesses:
            (
                "Each reading comes from one of several processes: leaks in the others stay unseen.",
                "Let the probe sum all of them: `instance:`, a list of addresses, or `instances:`."
            )
        case .gaugeMovesByItself:
            (
                "What other clients do hides what the drops leave.",
                "Test a server that nobody else uses, or make more drops."
            )
        default:
            (
                "Gauges are proven with a few streams before the load; with fewer of them less is proven.",
                "Look at what the server answered to the others; is there a limit of streams?"
            )
        }
    }
}
