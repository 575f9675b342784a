import EventLoop
import Load
import Record
import RunProfile
import Verdict
import Vocabulary

/// The search for the window of a race: batches of drops after one delay each, with the gauge as feedback.
extension ProfileRun {
    /// How often a gauge is looked at while it settles after a batch, in ns.
    static let raceLookEvery: Nanoseconds = 20 * .perMillisecond
    /// Looks in a row that must show the same for a gauge to be at rest.
    static let raceLooks = 3
    /// How many settle times a gauge that does not come to rest is given.
    static let raceSettles: Nanoseconds = 4

    /// Searches until the window is known, the budget is spent or the run is cut short.
    ///
    /// - Throws: ``RunError/refused(_:)`` where a gauge of that name is not read;
    ///   ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func findRace(_ cells: DropCells, _ watch: GaugeWatch) throws(RunError) {
        let options = profile.race
        let manner = options.manner ?? cells.cells.map(\.manner).min { $0.order < $1.order } ?? .fin
        let stages = cells.cells.filter { $0.manner == manner }.map(\.stage)
        let gauges = try raceGauges(watch)
        say(Self.announcement(stages, options))
        var race = RaceRecord(manner: manner, from: options.from, to: options.to, budget: UInt64(options.budget))
        var search = RaceSearch(stages: stages, gauges: gauges, range: options.from...options.to, seed: profile.seed)
        var leftovers = Leftovers(
            inactivity: profile.leak.inactivity,
            margin: profile.leak.settle,
            gauges: Set(gauges)
        )
        defer {
            race.stage = search.stage
            race.gauge = search.gauge
            record.race = race
        }
        var ends: [Double] = []
        var told: Set<Nanoseconds> = []
        let length = Nanoseconds(seconds: Double(options.batch) / options.rate) + options.settle + patience
        while !isOver {
            let left = options.budget - Int(clamping: race.drops)
            guard let step = left >= options.batch ? search.next(after: race.batches) : nil else {
                race.end = left >= options.batch ? .known : .budget
                return
            }
            awaitFalls(of: &leftovers, next: length, watch)
            let start = now
            let drops = search.drops(of: options.batch, after: race.batches)
            let batch = try carryOut(
                step,
                manner,
                drops: drops,
                cells,
                watch,
                gauges,
                number: race.batches.count,
                spent: race.drops
            )
            guard !isOver else { return }
            race.batches.append(batch)
            record.race = race
            leftovers.note(batch.changes, from: start, to: now)
            ends.append(now)
            service?.drops += batch.drops
            tellOpenEnds(race, gauges, told: &told)
            guard try stillServes(after: batch.changes, of: gauges, watch, during: "batch \(ends.count)") else {
                let known = zip(race.batches, ends).filter { !isVoid($0.changes, of: gauges, since: $1) }
                race.batches = Self.trusted(known)
                return
            }
        }
    }

    /// The batches without the last one that left something: the server may have stopped in its midst.
    private static func trusted(_ batches: [(RaceBatch, Double)]) -> [RaceBatch] {
        var batches = batches.map(\.0)
        let rises = batches.indices.filter { batches[$0].changes.values.contains { $0 > 0 } }
        if rises.count > fewestRises, let last = rises.last { batches.remove(at: last) }
        return batches
    }

    /// The fewest batches that left something for the last of them to be spared.
    private static let fewestRises = 2

    /// Says as soon as it is seen that an end of the window lies beyond the delays that are tried.
    private func tellOpenEnds(_ race: RaceRecord, _ gauges: [String], told: inout Set<Nanoseconds>) {
        guard let batch = race.batches.last, batch.stage != nil, batch.drops > 0, !told.contains(batch.asked) else {
            return
        }
        let leaked = gauges.compactMap { batch.changes[$0] }.max() ?? 0
        guard 2 * leaked >= Double(batch.drops) else { return }
        let most = NumberText.grouped(Int(min(leaked, Double(batch.drops))))
        let word = "\(most) of \(batch.drops) drops leaked after \(DurationText.format(batch.asked))"
        if batch.asked == race.to {
            say("\(word): the window ends later than that; look further with --to")
        } else if batch.asked == race.from, race.from > 0 {
            say("\(word): the window begins sooner than that; look from 0 with --from 0us")
        } else {
            return
        }
        told.insert(batch.asked)
    }

    /// The command line that looks at the found window again: empty where none was found.
    func raceAgain() -> String {
        guard let race = record.race, let stage = race.stage, let gauge = race.gauge,
            let window = RaceJudge(record: record).window
        else { return "" }
        let low = window.low?.delay ?? race.from
        let high = window.high?.delay ?? race.to
        let around = (high > low ? high - low : 0) / 2
        let from = low > around ? low - around : 0
        let word = gauge.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "'") } ? gauge : ""
        return options.again + " --stage \(stage.rawValue) --manner \(race.manner.rawValue)"
            + (word.isEmpty ? "" : " --gauge \(word)")
            + " --from \(from / .perMicrosecond)us --to \((high + around) / .perMicrosecond)us --seed \(profile.seed)"
    }

    private func raceGauges(_ watch: GaugeWatch) throws(RunError) -> [String] {
        let counted = watch.records.filter { $0.unit == .count }
        guard let name = profile.race.gauge else {
            let proof = proof(watch)
            let judged = counted.filter(proof.mayJudge)
            guard judged.isEmpty else { return judged.map(\.seriesName) }
            throw .refused(
                "no gauge sees streams (\(counted.map(\.seriesName).joined(separator: ", "))), so no drop can be seen to "
                    + "leak. " + WatchedGauges.nextStep
            )
        }
        let named = counted.filter { $0.gauge == name || $0.seriesName == name }.map(\.seriesName)
        guard named.isEmpty else { return named }
        let nearest = NearestName.find(name, among: counted.map(\.gauge)).map { "did you mean \"\($0)\"? " } ?? ""
        throw .refused(
            "no probe reads a gauge \"\(name)\" that counts something; \(nearest)there are "
                + counted.map(\.seriesName).joined(separator: ", ")
        )
    }

    private func carryOut(
        _ step: RaceSearch.Step,
        _ manner: Manner,
        drops: Int,
        _ cells: DropCells,
        _ watch: GaugeWatch,
        _ gauges: [String],
        number: Int,
        spent: UInt64
    ) throws(RunError) -> RaceBatch {
        let options = profile.race
        let before = watch.read()
        guard case .drop(let stage, let delay) = step else {
            wait(
                until: MonotonicClock.now() + Nanoseconds(seconds: Double(options.batch) / options.rate),
                saying: "idle"
            ) {
                false
            }
            let changes = Self.changes(before, settled(watch, gauges))
            return RaceBatch(stage: nil, asked: 0, delays: nil, drops: 0, changes: changes)
        }
        var settings = LoadSettings(heartbeat: nil, limits: profile.limits)
        settings.timesDrops = true
        let load = try carryOut(
            cells.batch(
                MatrixCell(stage: stage, manner: manner),
                drops: drops,
                after: delay,
                rate: options.rate,
                seed: SplitMix64.mix(profile.seed, UInt64(number))
            ),
            saying: "\(NumberText.grouped(Int(clamping: spent))) drops spent, \(stage.rawValue) "
                + "after \(DurationText.format(delay))",
            settings: settings,
            workers: 1
        )
        merge(load)
        let changes = Self.changes(before, settled(watch, gauges))
        return RaceBatch(
            stage: stage,
            asked: delay,
            delays: Self.delays(load),
            drops: load.drops.reduce(0) { $0 + $1.count },
            changes: changes
        )
    }

    /// Waits until the gauges are at rest, and reads them.
    private func settled(_ watch: GaugeWatch, _ gauges: [String]) -> [String: Double] {
        let start = MonotonicClock.now()
        let settle = profile.race.settle + patience
        wait(until: start + settle, saying: "settling") { false }
        let end = start + max(settle, Self.raceLookEvery) * Self.raceSettles
        var readings = watch.read()
        var same = 1
        while same < Self.raceLooks, !isOver, MonotonicClock.now() < end {
            wait(until: MonotonicClock.now() + Self.raceLookEvery, saying: "settling") { false }
            let next = watch.read()
            same = gauges.allSatisfy { next[$0] == readings[$0] } ? same + 1 : 1
            readings = next
        }
        return readings
    }

    private static func delays(_ load: LoadRecord) -> RaceBatch.Delays? {
        guard let delays = load.dropDelays, let shortest = delays.value(atPercentile: 0),
            let median = delays.value(atPercentile: 50)
        else { return nil }
        return RaceBatch.Delays(min: shortest, median: median, max: delays.largest)
    }

    private static func announcement(_ stages: [Stage], _ options: RaceOptions) -> String {
        let batch = Double(options.batch) / options.rate + (options.settle + raceLookEvery * 2).inSeconds
        let total = Double(options.budget / options.batch) * batch
        let count = stages.count == 1 ? stages[0].rawValue : "\(stages.count) stages"
        return
            "\(count), delays from \(DurationText.format(options.from)) to \(DurationText.format(options.to)), batches "
            + "of \(options.batch) drops, \(DurationText.format(Nanoseconds(seconds: batch))) each: at most "
            + "\(DurationText.format(Nanoseconds(seconds: total)))"
    }
}
