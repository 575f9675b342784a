import EventLoop
import Load
import Probe
import Record
import RunProfile
import Vocabulary

/// What a matrix and a race have in common: drops of one kind, between two looks at the gauges.
extension ProfileRun {
    /// The stages and manners that a matrix or a race tries; none for any other work.
    ///
    /// - Throws: ``RunError/refused(_:)`` where there is nothing to drop, or no gauge to look at.
    func cells(_ work: RunWork, _ scenarios: [LoadScenario], _ watch: GaugeWatch) throws(RunError) -> DropCells {
        let stages: [Stage]?
        let manners: [Manner]?
        switch work {
        case .load, .calibration: return DropCells([], stages: nil, manners: nil)
        case .matrix: (stages, manners) = (profile.matrix.stages, profile.matrix.manners)
        case .race: (stages, manners) = (profile.race.stage.map { [$0] }, profile.race.manner.map { [$0] })
        }
        let cells = DropCells(scenarios, stages: stages, manners: manners)
        try check(cells, watch, stages: stages, manners: manners)
        return cells
    }

    /// By how much each gauge changed from one reading to another; absent where one of them is.
    static func changes(_ before: [String: Double], _ after: [String: Double]) -> [String: Double] {
        var changes: [String: Double] = [:]
        for (gauge, value) in after {
            if let earlier = before[gauge] { changes[gauge] = value - earlier }
        }
        return changes
    }

    /// Adds what one of many loads recorded; they follow one another, so that their peaks do not add up.
    func merge(_ load: LoadRecord) {
        let peak = max(record.load.connections.peak, load.connections.peak)
        record.load.merge(load)
        record.load.connections.peak = peak
    }

    /// Waits until nothing that earlier cycles left can fall in the midst of the next one.
    ///
    /// - Parameter duration: how long the next one will take, in ns.
    func awaitFalls(of leftovers: inout Leftovers, next duration: Nanoseconds, _ watch: GaugeWatch) {
        guard let end = leftovers.wait(before: now + duration.inSeconds) else { return }
        let before = watch.read()
        let moment = startedAt + Nanoseconds(seconds: end)
        wait(until: moment, saying: "the inactivity timeout of what was left") { false }
        leftovers.waited(before: before, after: watch.read())
    }

    /// The series names of the gauges that count things.
    func countedGauges(_ watch: GaugeWatch) -> [String] {
        watch.records.filter { $0.unit == .count }.map(\.seriesName)
    }

    /// Checks that the cells can be tried at all, and that a gauge is there to see it.
    ///
    /// - Throws: ``RunError/refused(_:)``.
    private func check(_ cells: DropCells, _ watch: GaugeWatch, stages: [Stage]?, manners: [Manner]?) throws(RunError) {
        guard !cells.cells.isEmpty else {
            let stages = stages.map { " at \($0.map(\.rawValue).joined(separator: ", "))" } ?? ""
            let manners = manners.map { " by \($0.map(\.rawValue).joined(separator: ", "))" } ?? ""
            throw .refused(
                "no connection of the profile can be dropped\(stages)\(manners); TLS stages and manners need an https "
                    + "address, or transport: tls with the bundled server"
            )
        }
        guard !countedGauges(watch).isEmpty else {
            throw .refused(
                "no probe of the profile reads a gauge that counts something; give one under `probes`, such as "
                    + "{ name: process, port: 8443, gauges: [fds, sockets] }"
            )
        }
        if cells.cells.contains(where: { $0.manner == .vanish }) { try Preflight.checkVanish() }
    }
}

/// What earlier cycles left behind and a server's inactivity timer may yet clean up, in the midst of a later cycle.
///
/// Such a fall would count for the later cycle, or would hide what that one leaves; so it is waited for between cycles.
/// A gauge that has not fallen by then is not waited for again.
struct Leftovers {
    /// A rise of a gauge.
    private struct Rise {
        let gauge: String
        let start: Double
        let end: Double
    }

    /// The server's inactivity timeout, in seconds; nil where it is not known, and nothing is waited for.
    private let inactivity: Double?
    /// How much later than its timeout a server may clean up, in seconds.
    private let margin: Double
    private let gauges: Set<String>
    private var rises: [Rise] = []
    private var lasting: Set<String> = []

    /// Nothing yet.
    ///
    /// - Parameter gauges: the series names of the gauges that are looked at.
    init(inactivity: Nanoseconds?, margin: Nanoseconds, gauges: Set<String>) {
        self.inactivity = inactivity?.inSeconds
        self.margin = margin.inSeconds
        self.gauges = gauges
    }

    /// Notes what gauges gained between two moments, in seconds.
    mutating func note(_ changes: [String: Double], from start: Double, to end: Double) {
        guard inactivity != nil else { return }
        for (gauge, change) in changes where change > 0 && gauges.contains(gauge) && !lasting.contains(gauge) {
            rises.append(Rise(gauge: gauge, start: start, end: end))
        }
    }

    /// The moment to wait for, where anything may fall before another; in seconds.
    ///
    /// - Parameter moment: when the next cycle will have ended.
    func wait(before moment: Double) -> Double? {
        guard let inactivity, let first = rises.map(\.start).min(), first + inactivity <= moment,
            let last = rises.map(\.end).max()
        else { return nil }
        return last + inactivity + margin
    }

    /// Notes that everything that could fall has fallen, and what gauges showed before and after.
    mutating func waited(before: [String: Double], after: [String: Double]) {
        for gauge in Set(rises.map(\.gauge)) {
            if let high = before[gauge], let low = after[gauge], low >= high { lasting.insert(gauge) }
        }
        rises = []
    }
}
