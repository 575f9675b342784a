import EventLoop
import Probe
import Vocabulary

/// Carries out cases against a server, many at once, and asks the oracles after each batch.
final class BatchRunner: Batches {
    private let target: any FuzzTarget
    private let concurrency: Int
    private let engine: Engine
    private var server: FuzzServer
    private var canaries: CanaryWatch
    private var gauges: LeakOracle
    /// What calibration proved of the gauges.
    let proven: ProvenGauges
    private var health: HealthCheck
    private var nextMarker: UInt64
    private var suspects = Suspects()
    /// The last end of the server that nobody has looked into.
    private var untakenEnd: ServerEnd?
    /// Whether the run is to end.
    private let isInterrupted: () -> Bool

    /// Looks whether the server is well, opens the canaries, and takes the gauges' baseline.
    ///
    /// - Throws: ``FuzzError/unreachable(_:)`` where it is not.
    init(_ target: any FuzzTarget, concurrency: Int, isInterrupted: @escaping () -> Bool) throws(FuzzError) {
        self.target = target
        self.concurrency = concurrency
        self.isInterrupted = isInterrupted
        do { engine = try Engine() } catch { throw .machine("the event loop cannot be made: \(error)") }
        server = target.server
        nextMarker = RealtimeClock.now() / .perMicrosecond
        canaries = CanaryWatch(engine: engine, server: server, marker: Marker(nextMarker))
        health = try HealthCheck(server)
        let readers = target.gaugeReaders()
        let trial = GaugeTrial(
            readers,
            engine: engine,
            server: server,
            marker: Marker(nextMarker),
            isInterrupted: isInterrupted
        )
        proven = try trial.run()
        gauges = LeakOracle(readers, proven)
        guard try canaries.open() else {
            throw .unreachable("no event stream can be opened at \(server.connect.target)")
        }
        try canaries.learn()
        try takeBaseline()
    }

    /// The gauges that are watched.
    var gaugeNames: [String] { gauges.names }
    /// The longest time between two heartbeats, in ns; nil where there are none.
    var heartbeat: Nanoseconds? { canaries.heartbeat }

    private func takeBaseline() throws(FuzzError) {
        var readings: [[String: Double]] = []
        try turn(for: gauges.patience)
        for _ in 0..<5 {
            readings.append(gauges.read())
            try turn(for: 20 * .perMillisecond)
        }
        gauges.takeBaseline(readings)
    }

    private func turn(for duration: Nanoseconds) throws(FuzzError) {
        let deadline = MonotonicClock.now() + duration
        repeat { try turn(until: deadline) } while MonotonicClock.now() < deadline
    }

    private func turn(until deadline: Nanoseconds) throws(FuzzError) {
        do { try engine.turn(until: deadline) } catch { throw .machine("the event loop broke: \(error)") }
    }

    /// How long its timers may take to do harm, in ns.
    var vigil: Nanoseconds {
        Suspects.span(heartbeat: [server.heartbeat, canaries.rhythm].compactMap(\.self).max())
    }

    func run(_ cases: [FuzzCase], look: Look) throws(FuzzError) -> BatchResult {
        var result = try carryOut(cases)
        let endedAt = MonotonicClock.now()
        suspects.note(Array(cases.prefix(result.begun)), at: endedAt, span: vigil)
        result.problems = result.outcomes.flatMap(CaseOracle.problems)
        if let death = try death() { return try end(death, result) }
        // Whoever interrupts wants to know what is known.
        if isInterrupted() { return result }
        if look.awaitsEnd, let end = try awaitEnd(since: endedAt, look) { return try self.end(end, result) }
        var seen: [Problem] = []
        if let problem = health.problem() { seen.append(problem) }
        seen += try canaries.check()
        // What the server's end brings with it is no problem of its own.
        var gone = seen.isEmpty ? nil : try death()
        if gone == nil, !seen.isEmpty { gone = try hang(look) }
        if let gone { return try end(gone, result) }
        result.problems += seen
        let patience = look.isQuick ? FuzzLimits.quickSettleTime : FuzzLimits.settleTime
        result.problems += try gauges.settle(patience: patience) { () throws(FuzzError) in
            try turn(for: 5 * .perMillisecond)
        }
        return result
    }

    /// Waits as long as the timers of the last batches may take to do harm.
    ///
    /// - Returns: the server's end, and its suspects; nil where it stands.
    func keepVigil() throws(FuzzError) -> ServerEnd? {
        guard let problem = try awaitEnd(since: MonotonicClock.now(), .patient) else { return nil }
        return try end(problem, BatchResult()).end
    }

    /// The last end of the server that was seen while something else was looked for; told once.
    func takeEnd() -> ServerEnd? {
        defer { untakenEnd = nil }
        return untakenEnd
    }

    /// Waits for the server's end as long as its timers may take.
    private func awaitEnd(since start: Nanoseconds, _ look: Look) throws(FuzzError) -> Problem? {
        let deadline = start + vigil
        while MonotonicClock.now() < deadline, !isInterrupted() {
            try turn(for: FuzzLimits.vigilPeriod)
            guard target.end != nil || canaries.haveEnded else { continue }
            if var death = try death() {
                let delay = DurationText.format(MonotonicClock.now() - start)
                death.evidence.append("it died \(delay) after the last step")
                return death
            }
        }
        if let death = try death() { return death }
        return try hang(look)
    }

    /// That the server takes connections and answers none; nil where it answers.
    private func hang(_ look: Look) throws(FuzzError) -> Problem? {
        guard !isInterrupted(), health.isHanging(times: look.isQuick ? 1 : 2) else { return nil }
        let time = DurationText.format(FuzzLimits.healthTime)
        return Problem(ProblemName.serverHangs, "the server takes connections, and answers none within \(time)")
    }

    /// Notes the server's end, and has it started again.
    private func end(_ problem: Problem, _ result: BatchResult) throws(FuzzError) -> BatchResult {
        var result = result
        result.problems.append(problem)
        var end = ServerEnd(problem: problem, suspects: suspects.cases)
        suspects.clear()
        do throws(FuzzError) {
            try restart()
        } catch .unreachable(let reason) {
            end.absence = reason
        }
        result.end = end
        untakenEnd = end
        return result
    }

    private func carryOut(_ cases: [FuzzCase]) throws(FuzzError) -> BatchResult {
        var result = BatchResult()
        var running: [ObjectIdentifier: CaseRun] = [:]
        engine.forgetRefusals()
        let deadline = MonotonicClock.now() + FuzzLimits.batchTime
        while !running.isEmpty || result.begun < cases.count {
            while running.count < concurrency, result.begun < cases.count {
                nextMarker += 1
                let run = CaseRun(
                    cases[result.begun],
                    index: result.begun,
                    marker: Marker(nextMarker),
                    engine: engine,
                    server: server,
                    canaryID: canaries.lastID
                ) { run in
                    running[ObjectIdentifier(run)] = nil
                    result.outcomes.append(run.outcome)
                }
                running[ObjectIdentifier(run)] = run
                result.begun += 1
                run.start()
            }
            try turn(until: min(deadline, MonotonicClock.now() + 100 * .perMillisecond))
            let isGone = engine.refusals >= 2 || target.end != nil
            if isGone || MonotonicClock.now() > deadline || isInterrupted() {
                for run in Array(running.values) { run.cutShort() }
                break
            }
        }
        return result
    }

    /// How the server has gone; nil while it is there.
    private func death() throws(FuzzError) -> Problem? {
        // A process that dies of a signal is reported a moment after its sockets are gone.
        if engine.refusals > 0 || health.isRefused { try turn(for: 50 * .perMillisecond) }
        if let end = target.end { return Problem(ProblemName.serverDied, "the server's process \(end)") }
        guard health.isRefused else { return nil }
        return Problem(ProblemName.serverDied, "the server refuses connections")
    }

    private func restart() throws(FuzzError) {
        canaries.close()
        try target.restart()
        server = target.server
        let heartbeat = canaries.heartbeat
        nextMarker += 1
        let rhythm = canaries.rhythm
        canaries = CanaryWatch(engine: engine, server: server, marker: Marker(nextMarker), heartbeat: heartbeat)
        canaries.rhythm = rhythm
        gauges = LeakOracle(target.gaugeReaders(), proven)
        health = try HealthCheck(server)
        guard try canaries.open() else {
            throw .unreachable("the server came back, but no event stream can be opened at \(server.connect.target)")
        }
        try takeBaseline()
    }
}

/// Carries out cases and asks the oracles; what narrows and shrinks cases is tried on made-up ones.
protocol Batches: AnyObject {
    /// Carries cases out, many at once, and looks what they did.
    func run(_ cases: [FuzzCase], look: Look) throws(FuzzError) -> BatchResult
}

/// How long is looked at a server after a batch.
enum Look: Equatable, Sendable {
    /// For what shows at once; what comes later falls to a later batch, and the cases stay suspects until then.
    case passing
    /// For all, and as long as the server's timers may take to do harm.
    case patient
    /// For a known problem only.
    case again(Problem.Key)

    /// Whether gauges are given little time, because only what is known is looked for.
    var isQuick: Bool { if case .again = self { true } else { false } }

    /// Whether the server's end is waited for.
    var awaitsEnd: Bool {
        switch self {
        case .passing: false
        case .patient: true
        case .again(let key): key.isFatal
        }
    }
}

/// What came of a batch.
struct BatchResult: Sendable {
    /// What the oracles saw.
    var problems: [Problem] = []
    /// What came of each case that was carried out, in the order of their ends.
    var outcomes: [CaseOutcome] = []
    /// Cases that were begun; fewer than there are where the server went.
    var begun = 0
    /// The server's end, and every case that may have brought it about, of earlier batches too; nil while it stands.
    var end: ServerEnd?

    /// Whether a problem of a kind is among them.
    func shows(_ key: Problem.Key) -> Bool { problems.contains { $0.key == key } }
}

/// How a server went, and the cases that may have done it.
struct ServerEnd: Sendable {
    /// That it died, or hangs.
    let problem: Problem
    /// The cases that were in flight, or over for no longer than its timers may take; in order.
    let suspects: [FuzzCase]
    /// Why it has not come back; nil where it has.
    var absence: String?
}

/// The cases of the last seconds: a timer that outlives its client ends a server only when it fires.
struct Suspects {
    private var batches: [(cases: [FuzzCase], endedAt: Nanoseconds)] = []

    /// Adds the cases of a batch that has ended, and lets those go that are over for longer than a span, in ns.
    mutating func note(_ cases: [FuzzCase], at now: Nanoseconds, span: Nanoseconds) {
        batches.removeAll { now > $0.endedAt + span }
        batches.append((cases, now))
    }

    /// Them all, in the order in which they were begun; of too many the last.
    var cases: [FuzzCase] { Array(batches.flatMap(\.cases).suffix(FuzzLimits.suspects)) }

    /// Forgets all: a server that was started anew has none of their timers.
    mutating func clear() { batches = [] }

    /// How long the timers of a server may take to do harm, in ns.
    ///
    /// - Parameter heartbeat: the longest time between two of its beats, in ns; nil where none were seen.
    static func span(heartbeat: Nanoseconds?) -> Nanoseconds {
        let (least, most) = (FuzzLimits.vigil.lowerBound, FuzzLimits.vigil.upperBound)
        // The timer of a client that has just beaten fires a whole period later; the second one is its margin.
        return heartbeat.map { min(max(least, 2 * min($0, most)), most) } ?? least
    }
}
