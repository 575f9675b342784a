import EventLoop
import Load
import Record
import RunProfile
import Verdict
import Vocabulary

/// The drop matrix: every stage and manner alone, several times, in a seeded random order.
extension ProfileRun {
    /// Makes the matrix's cycles.
    ///
    /// - Throws: ``RunError/refused(_:)`` where there is nothing to drop, or no gauge to look at;
    ///   ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func makeMatrix(_ cells: DropCells, _ watch: GaugeWatch) throws(RunError) {
        let options = profile.matrix
        let plan = MatrixPlan(cells.cells, cycles: options.cycles, idle: options.idle, seed: profile.seed)
        let lengths = cells.cells.map { cells.duration($0, drops: options.drops) }
        let typical = lengths.reduce(0, +) / Nanoseconds(lengths.count)
        let cycle = typical + settleTime
        say(Self.announcement(cells.cells.count, options, cycle: cycle))
        var matrix = MatrixRecord(planned: UInt64(plan.steps.count))
        defer { record.matrix = matrix }
        let counted = countedGauges(watch)
        var leftovers = Leftovers(inactivity: profile.leak.inactivity, margin: settleTime, gauges: Set(counted))
        for (index, cell) in plan.steps.enumerated() {
            guard !isOver else { return }
            let length = cell.map { cells.duration($0, drops: options.drops) } ?? typical
            awaitFalls(of: &leftovers, next: length + settleTime, watch)
            let what = "cycle \(index + 1) of \(plan.steps.count)"
            let start = now
            let before = watch.read()
            var drops: UInt64 = 0
            if let cell {
                let seed = SplitMix64.mix(profile.seed, UInt64(index))
                let load = try carryOut(
                    cells.scenarios(cell, drops: options.drops, seed: seed),
                    saying: "\(what), \(cell.stage.rawValue) \(cell.manner.rawValue)",
                    workers: 1
                )
                merge(load)
                drops = load.drops.reduce(0) { $0 + $1.count }
            } else {
                wait(until: MonotonicClock.now() + typical, saying: what + ", idle") { false }
            }
            // The whole settle time: what the last connections leave behind may be there only after a while.
            wait(until: MonotonicClock.now() + settleTime, saying: what) { false }
            let changes = Self.changes(before, watch.read())
            // What an interrupt cut short says nothing.
            guard !isOver else { return }
            matrix.cycles.append(MatrixCycle(cell: cell, drops: drops, start: start, end: now, changes: changes))
            record.matrix = matrix
            leftovers.note(changes, from: start, to: now)
            service?.drops += drops
            guard try stillServes(after: changes, of: counted, watch, during: what) else {
                matrix.cycles.removeAll { isVoid($0.changes, of: counted, since: $0.end) }
                return
            }
        }
    }

    /// How long the matrix takes, in a line.
    static func announcement(_ cells: Int, _ options: MatrixOptions, cycle: Nanoseconds) -> String {
        let total = Double(cells * options.cycles + options.idle) * cycle.inSeconds
        return "\(cells) cell\(cells == 1 ? "" : "s") × \(options.cycles) cycles of \(options.drops) drops, and "
            + "\(options.idle) idle cycles, \(DurationText.format(cycle)) each: about "
            + "\(DurationText.format(Nanoseconds(seconds: total))); longer where something is left, as it is waited "
            + "for; shorter with --stages, --manners, --cycles, --drops or --set leak.settle=…"
    }

    /// Finds out what becomes of what each leaking cell leaves: one more cycle of it, followed by the ladder.
    ///
    /// Cells for which the time is not enough are taken to be of the class that the gauge is of over the whole run.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func classify(_ cells: DropCells, _ watch: GaugeWatch, _ builder: EndpointBuilder) throws(RunError) {
        guard profile.leak.inactivity != nil || profile.leak.publish != nil else { return }
        record.gauges = watch.records
        let gauges = MatrixJudge(record: record).gauges.filter { $0.unit == .count }
        let leaking = cells.cells.filter { cell in
            gauges.contains { gauge in
                gauge.cells.contains { $0.stage == cell.stage && $0.manner == cell.manner && $0.leaks }
            }
        }
        guard !leaking.isEmpty else { return }
        let start = now
        let end = MonotonicClock.now() + Self.attributionBudget
        for cell in leaking {
            guard !isOver, MonotonicClock.now() < end else { break }
            let telling = gauges.filter { gauge in
                gauge.cells.contains { $0.stage == cell.stage && $0.manner == cell.manner && $0.leaks }
            }
            let names = telling.map { "\($0.probe).\($0.gauge)" }
            let trials = try tryLadder(cell, names, cells, watch, builder)
            // What an interrupt cut short says nothing.
            guard !isOver else { break }
            record.matrix?.trials += trials
        }
        record.phases.append(Phase(name: .attribution, start: start, end: now))
    }

    private func tryLadder(
        _ cell: MatrixCell,
        _ gauges: [String],
        _ cells: DropCells,
        _ watch: GaugeWatch,
        _ builder: EndpointBuilder
    ) throws(RunError) -> [MatrixTrial] {
        let what = "what becomes of it? \(cell.stage.rawValue) \(cell.manner.rawValue)"
        let before = watch.read()
        var trials = gauges.map { MatrixTrial(cell: cell, gauge: $0, residuals: []) }
        func note(_ rung: GaugeRecord.Rung) {
            let readings = watch.read()
            for index in trials.indices {
                let gauge = trials[index].gauge
                guard let value = readings[gauge], let base = before[gauge] else { continue }
                trials[index].residuals.append(.init(rung: rung, value: max(0, value - base)))
            }
        }
        func isNothingLeft() -> Bool {
            let readings = watch.read()
            return gauges.allSatisfy { (readings[$0] ?? .infinity) <= (before[$0] ?? -.infinity) }
        }
        merge(
            try carryOut(
                cells.scenarios(cell, drops: profile.matrix.drops, seed: SplitMix64.mix(profile.seed, .max)),
                saying: what,
                workers: 1
            )
        )
        let loadEnd = MonotonicClock.now()
        wait(until: loadEnd + settleTime, saying: what) { false }
        note(.settle)
        if let inactivity = profile.leak.inactivity, !isNothingLeft() {
            wait(until: loadEnd + inactivity + settleTime, saying: what) { isNothingLeft() }
            note(.inactivity)
        }
        if let publish = profile.leak.publish, !isNothingLeft() {
            _ = send(publish, builder)
            wait(until: MonotonicClock.now() + settleTime, saying: what) { isNothingLeft() }
            note(.publish)
        }
        return trials
    }
}

/// The order in which a matrix's cycles are made: a pure function of cells, numbers and seed.
///
/// Every cell comes once before any comes again, each round in an order of its own, so that a drift of the server lands
/// on all cells alike. Idle cycles are spread over the whole, one in each of as many equal parts.
struct MatrixPlan {
    /// The cells in the order of their cycles; nil for an idle one.
    let steps: [MatrixCell?]

    /// A plan.
    ///
    /// - Parameters:
    ///   - cycles: how often each cell is tried.
    ///   - idle: cycles without a drop.
    ///   - seed: what the order is drawn from.
    init(_ cells: [MatrixCell], cycles: Int, idle: Int, seed: UInt64) {
        var random = SplitMix64(seeds: seed, 4)
        var dealt: [MatrixCell?] = []
        for _ in 0..<cycles { dealt += cells.shuffled(using: &random) }
        var steps: [MatrixCell?] = []
        for part in 0..<idle {
            let slice = dealt[(dealt.count * part / idle)..<(dealt.count * (part + 1) / idle)]
            let place = Int.random(in: slice.startIndex...slice.endIndex, using: &random)
            steps += slice[..<place] + [nil] + slice[place...]
        }
        self.steps = idle == 0 ? dealt : steps
    }
}
