import EventLoop
import Glibc
import Report
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

/// Lines on a terminal that are written over in place (ECMA-48, 8.3); what is to be written out.
struct LiveScreen {
    private static let escape = "\u{1B}["
    /// The columns that each line on the screen takes.
    private var shown: [Int] = []

    /// Replaces the lines by others.
    ///
    /// - Parameter columns: the terminal's width; a line that was drawn when it was wider has been broken since.
    mutating func replace(with lines: [String], columns: Int) -> String {
        var text = home(columns: columns)
        // Each line is overwritten before its rest is erased, which does not flicker.
        for line in lines { text += line + Self.escape + "K\n" }
        shown = lines.map(Self.columns)
        return text + Self.escape + "J"
    }

    /// Takes the lines away.
    mutating func clear(columns: Int) -> String {
        guard !shown.isEmpty else { return "" }
        let text = home(columns: columns) + Self.escape + "J"
        shown = []
        return text
    }

    /// Goes to the first line.
    private func home(columns: Int) -> String {
        let rows = shown.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
        return "\r" + (rows > 0 ? "\(Self.escape)\(rows)A" : "")
    }

    /// The columns that a line takes, without its sequences.
    static func columns(_ line: String) -> Int {
        var count = 0
        var isSequence = false
        for scalar in line.unicodeScalars {
            if scalar == "\u{1B}" {
                isSequence = true
            } else if isSequence {
                isSequence = !(scalar.properties.isAlphabetic)
            } else {
                count += 1
            }
        }
        return count
    }
}

/// A run in plain lines, for logs: a moment in, a line out, and fewer of them the longer the run lasts.
enum PlainProgress {
    /// Gauges that a line tells, at most.
    private static let gauges = 8

    /// How long after a moment the next line follows, in seconds.
    ///
    /// - Parameter elapsed: seconds since the run's start.
    static func pause(at elapsed: Double) -> Double {
        switch elapsed {
        case ..<60: 5
        case ..<600: 15
        case ..<3_600: 60
        default: 300
        }
    }

    /// A moment in one line.
    static func line(_ snapshot: RunSnapshot, rates: LiveHistory.Rates) -> String {
        let counts = snapshot.counts
        var parts = [
            "\(NumberText.grouped(snapshot.open)) streams",
            "\(NumberText.grouped(counts.started)) started (\(LiveFrame.rate(rates.arrivals)))",
            "\(NumberText.grouped(counts.events)) events (\(LiveFrame.rate(rates.events)))",
            "\(NumberText.grouped(counts.dropped)) drops",
            "\(NumberText.grouped(counts.failed)) failures",
        ]
        parts += snapshot.gauges.prefix(gauges).map { gauge in
            "\(gauge.probe).\(gauge.name) \(gauge.value.map { LiveFrame.value($0, gauge.unit) } ?? "gap")"
        }
        if snapshot.gauges.count > gauges { parts.append("\(snapshot.gauges.count - gauges) more gauges") }
        parts += snapshot.thresholds.filter { $0.state == .broken }.map { threshold in
            "BROKEN \(threshold.expression) (\(threshold.value ?? "?"))"
        }
        let phase = snapshot.activity.isEmpty ? snapshot.phase : "\(snapshot.phase), \(snapshot.activity)"
        return PlainText.clean("[\(LiveFrame.clock(snapshot.elapsed))] \(phase): \(parts.joined(separator: ", "))")
    }
}
