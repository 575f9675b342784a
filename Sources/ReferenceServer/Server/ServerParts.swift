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
    let pause: ServerPause
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
        let pause = Self.pause(options.raceWindow, on: timers)
        metrics = ServerMetrics()
        faults = options.allFaults
        slots = ConnectionSlots(limit: faults.slots, metrics: metrics)
        self.pause = ServerPause(faults)
        let inactivity = options.inactivity
        registry = faults.registry(
            over: ClientMaps(timers: timers, inactivity: inactivity, faults: faults, pause: pause)
        )
    }

    /// How long before its end a registration's pause is waited for by looking at the clock, in ns.
    ///
    /// A timer fires a tick and a wake-up late, which is much of a window of some hundred microseconds. No longer than
    /// that, as a close that comes meanwhile needs a processor too.
    private static let watched: Nanoseconds = 20 * .perMicrosecond

    /// A pause that lasts for a window, to the microsecond where the machine has a processor to spare.
    private static func pause(_ window: Nanoseconds, on timers: HandlerTimers) -> RegistrationPause {
        guard window > 0 else { return { continuation in continuation() } }
        return { [weak timers] continuation in
            let end = MonotonicClock.now().addingSaturated(window)
            timers?.run(after: window - min(window, watched)) {
                while MonotonicClock.now() < end {}
                continuation()
            }
        }
    }
}
