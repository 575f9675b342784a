import Vocabulary

/// What a leak of a class and a stage means, and where in the server to look for it.
enum LeakAdvice {
    /// The advice on a leak: by the class, the stages and the manners of its gauge.
    static func advise(_ general: FindingAdvice, _ finding: Finding, _ context: AdviceContext) -> FindingAdvice {
        // Reports of older versions tell the gauge in the title only.
        let leaks = context.leaks.filter { leak in
            finding.gauge.map { $0 == "\(leak.probe).\(leak.gauge)" } ?? finding.title.hasPrefix("\(leak.gauge): ")
        }
        guard let worst = leaks.first else { return general }
        return FindingAdvice(matters: matters(worst.class), look: look(leaks))
    }

    /// The advice on the window of a race: by the stage that leaks.
    static func adviseOnRace(_ general: FindingAdvice, _ finding: Finding, _ context: AdviceContext) -> FindingAdvice {
        guard let stage = context.raceStage else { return general }
        return FindingAdvice(matters: general.matters, look: place(stage, context.raceManner) + " " + general.look)
    }

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
