import EventLoop
import Logging
import Vocabulary

/// What the two threads of a server share.
struct ServerParts: Sendable {
    let options: ReferenceServerOptions
    let socketLoop: EventLoop
    let handlerLoop: EventLoop
    let commands: Mailbox<SocketCommand>
    let requests: Mailbox<ServerRequest>
    let outbox: Outbox
    let timers: HandlerTimers
    let registry: any ClientRegistry
    let faults: Faults
    let slots: ConnectionSlots
    let metrics: ServerMetrics
    let logger = Logger(label: "hydrotest.serve")

    init(_ options: ReferenceServerOptions) throws(SystemError) {
        self.options = options
        socketLoop = try EventLoop()
        handlerLoop = try EventLoop()
        commands = Mailbox(of: socketLoop)
        requests = Mailbox(of: handlerLoop)
        outbox = Outbox(to: commands)
        let timers = HandlerTimers(on: handlerLoop)
        self.timers = timers
        let raceWindow = options.raceWindow
        let pause: RegistrationPause = { [weak timers] continuation in
            if raceWindow == 0 { continuation() } else { timers?.run(after: raceWindow, continuation) }
        }
        metrics = ServerMetrics()
        slots = ConnectionSlots(limit: ReferenceServerLimits.slots, metrics: metrics)
        faults = options.allFaults
        let inactivity = options.inactivity
        registry = faults.registry(
            over: ClientMaps(timers: timers, inactivity: inactivity, faults: faults, pause: pause)
        )
    }
}
