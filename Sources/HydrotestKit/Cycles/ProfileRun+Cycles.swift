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
