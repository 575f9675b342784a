import EventLoop
import EventStream
import Probe
import Vocabulary

/// Carries out cases against a server, many at once, and asks the oracles after each batch.
final class BatchRunner: Batches {
    private let target: any FuzzTarget
    private let concurrency: Int
    private let engine: Engine
    private var server: FuzzServer
    private var canaries: CanaryWatch
    private var gauges: GaugeWatch
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
        gauges = GaugeWatch(target.gaugeReaders())
        health = try HealthCheck(server)
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
        gauges = GaugeWatch(target.gaugeReaders())
        health = try HealthCheck(server)
        guard try canaries.open() else {
            throw .unreachable("the server came back, but no event stream can be opened at \(server.connect.target)")
        }
        try takeBaseline()
    }
}
