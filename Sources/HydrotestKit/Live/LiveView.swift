import EventLoop
import Glibc
import Vocabulary

/// Shows a run on standard error while it lasts: in place on a terminal, else in a line now and then.
public final class LiveView: Sendable {
    /// How a run is shown.
    public enum Manner: Equatable, Sendable {
        /// Redrawn in place.
        case screen(color: Bool)
        /// A line now and then.
        case lines
        /// Only what must be said.
        case silent
    }

    /// How often the picture is redrawn, in ns.
    static let period: Nanoseconds = 500 * .perMillisecond

    private struct State {
        var isOver = false
        var said: [String] = []
    }

    private let monitor: RunMonitor
    private let manner: Manner
    private let loop: EventLoop
    private let state = Locked(State())
    private let thread = Locked<OperatingSystemThread?>(nil)

    /// Starts to show a run, on a thread of its own.
    ///
    /// - Throws: `EAGAIN` where the system has no thread left, `EMFILE` where it has no descriptor.
    public init(_ monitor: RunMonitor, manner: Manner) throws(SystemError) {
        self.monitor = monitor
        self.manner = manner
        loop = try EventLoop()
        let started = try OperatingSystemThread(name: "view") { [self] in
            switch manner {
            case .screen(let color): draw(color: color)
            case .lines: tell()
            case .silent: waitForEnd()
            }
        }
        thread.withLock { $0 = started }
    }

    /// How a run is shown where standard error is what it is.
    ///
    /// - Parameter environment: variables; `TERM` says what the terminal can do, `NO_COLOR` (https://no-color.org) what
    ///   its user wants.
    public static func manner(isTerminal: Bool, environment: [String: String], silent: Bool) -> Manner {
        if silent { return .silent }
        guard isTerminal, let terminal = environment["TERM"], !["", "dumb"].contains(terminal) else { return .lines }
        return .screen(color: (environment["NO_COLOR"] ?? "").isEmpty)
    }

    /// Says a line that stays.
    public func say(_ line: String) {
        state.withLock { $0.said.append(line) }
        loop.wake()
    }

    /// Ends the showing, and takes the picture away; to be called once.
    public func stop() {
        state.withLock { $0.isOver = true }
        loop.wake()
        thread.withLock { $0.take() }?.join()
    }

    private func draw(color: Bool) {
        var (screen, history) = (LiveScreen(), LiveHistory())
        var next = MonotonicClock.now()
        while true {
            let (isOver, said) = takeState()
            // The size is asked for each time: a window may be resized at any.
            let size = TerminalSize.current(of: STDERR_FILENO)
            if isOver || !said.isEmpty { write(screen.clear(columns: size.columns)) }
            for line in said { write(line + "\n") }
            if isOver { return }
            let snapshot = monitor.snapshot()
            let now = MonotonicClock.now()
            if now >= next {
                history.append(snapshot)
                next = now + Self.period
            }
            let frame = LiveFrame(snapshot, history: history, width: size.columns, height: size.rows, color: color)
            write(screen.replace(with: frame.lines(), columns: size.columns))
            wait(until: next)
        }
    }

    private func tell() {
        var history = LiveHistory()
        history.append(monitor.snapshot())
        var next = MonotonicClock.now() + Nanoseconds(seconds: PlainProgress.pause(at: 0))
        while true {
            wait(until: next)
            let (isOver, said) = takeState()
            for line in said { write(line + "\n") }
            if isOver { return }
            guard MonotonicClock.now() >= next else { continue }
            let snapshot = monitor.snapshot()
            history.append(snapshot)
            write(PlainProgress.line(snapshot, rates: history.rates) + "\n")
            next += Nanoseconds(seconds: PlainProgress.pause(at: snapshot.elapsed))
        }
    }

    private func waitForEnd() {
        while !takeState().isOver { wait(until: MonotonicClock.now() + 3_600 * .perSecond) }
    }

    private func takeState() -> (isOver: Bool, said: [String]) {
        state.withLock { state in
            defer { state.said = [] }
            return (state.isOver, state.said)
        }
    }

    private func write(_ text: String) { TextOutput.write(text, to: STDERR_FILENO) }

    /// Waits for a moment, or for something to do.
    private func wait(until moment: Nanoseconds) {
        do {
            try loop.turn(until: moment) { _ in }
        } catch {
            // A picture too early harms nothing.
            usleep(UInt32(Self.period / .perMicrosecond))
        }
    }
}
