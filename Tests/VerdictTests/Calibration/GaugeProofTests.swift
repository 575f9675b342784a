import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct GaugeProofTests {
    /// A calibration by 13 streams.
    private func calibration(
        perStream: Double? = 1,
        noise: Double = 0,
        opening: Double? = 0,
        ending: Double? = 0.1,
        atOnce: Bool = true,
        left: [Double] = [0],
        hasFallen: Bool = true
    ) -> GaugeCalibration {
        var calibration = GaugeCalibration(streams: 13, noise: noise)
        (calibration.perStream, calibration.openingLag, calibration.endingLag) = (perStream, opening, ending)
        (calibration.fellAtOnce, calibration.left, calibration.hasFallen) = (atOnce, left, hasFallen)
        return calibration
    }

    private func record(
        _ calibration: GaugeCalibration,
        of gauge: String = "clients",
        settle: Double = 0,
        isOfProcess: Bool = false,
        drops: UInt64 = 600
    ) -> RunRecord {
        var record = Made.record()
        var made = Made.gauge(gauge, loadEnd: settle, settle: settle)
        made.peak = settle
        made.calibration = calibration
        made.isOfProcess = isOfProcess
        record.gauges = [made]
        record.load.drops = [DropCount(stage: .streaming, manner: .rst, count: drops)]
        record.calibration = CalibrationRecord(asked: 13)
        record.calibration?.waves = [.init(streams: 13, start: 1, opened: 2, ended: 3)]
        record.phases = Made.phases([.baseline, .calibration, .load, .settle])
        return record
    }

    private func standing(_ record: RunRecord) -> GaugeStanding { GaugeProof(record).standing(of: record.gauges[0]) }

    private var unmoved: GaugeCalibration { calibration(perStream: nil, opening: nil, ending: nil, left: []) }

    @Test func standings() {
        #expect(standing(record(calibration())) == .seesStreams)
        #expect(standing(record(unmoved)) == .blind)
        #expect(standing(record(calibration(), of: "fds", isOfProcess: true)) == .seesProcesses)
        #expect(standing(record(calibration(opening: 3, ending: 4.8))) == .lagging)
        var several = calibration()
        several.alternates = true
        #expect(standing(record(several)) == .severalProcesses)
        // Sockets of a process go up and down with the probes' own connections.
        #expect(standing(record(several, of: "sockets", isOfProcess: true)) == .seesProcesses)
        var alone = record(calibration())
        alone.gauges[0].calibration = nil
        #expect(standing(alone) == .unproven)
    }

    /// A blind gauge alone measures nothing: the threshold fails, and no report says none.
    @Test func aBlindGaugeAcquitsNobody() {
        let record = record(unmoved)
        let judgement = record.judged(Made.threshold(.leaks))
        #expect(judgement.thresholds[0].value == nil)
        #expect(!judgement.passed)
        #expect(record.findings("leaks-not-watched").first?.title == "leaks were not measured: no gauge sees streams")
        #expect(WatchedGauges(record).nothingFound == "not measured: no gauge sees streams")
    }

    @Test func aProcessAloneSaysWhatWasNotWatched() {
        let record = record(calibration(), of: "fds", isOfProcess: true)
        #expect(record.judged(Made.threshold(.leaks)).thresholds[0].value == 0)
        #expect(record.findings("leaks-not-watched").count == 1)
        #expect(WatchedGauges(record).nothingFound.hasPrefix("none in the process (state.fds)"))
    }

    @Test func aGaugeThatSeesStreamsIsNamed() {
        let record = record(calibration())
        #expect(record.findings("leaks-not-watched").isEmpty)
        #expect(WatchedGauges(record).nothingFound == "none in state.clients")
    }

    @Test(arguments: ["opened", "connectionsTotal", "sse_requests", "whatever", "created_streams"])
    func whatOnlyGrowsIsACounter(name: String) {
        var record = record(calibration(ending: nil, left: [13, 13], hasFallen: false), of: name, settle: 626)
        record.load.connections.established = 600
        #expect(standing(record) == .total)
        #expect(record.judged().leaks.isEmpty)
        #expect(record.findings("gauge-is-total").count == 1)
        #expect(record.judged(Made.threshold(.leaks)).thresholds[0].value == nil)
    }

    @Test(arguments: ["clients", "activeSessions", "open_streams"])
    func whatIsHeldIsNoCounter(name: String) {
        var record = record(calibration(ending: nil, left: [13, 13], hasFallen: false), of: name, settle: 626)
        record.load.connections.established = 600
        #expect(standing(record) == .seesStreams)
        #expect(!record.judged().leaks.isEmpty)
    }

    @Test func theProfileHasTheLastWord() {
        var record = record(calibration(ending: nil, left: [13, 13], hasFallen: false), of: "opened", settle: 626)
        record.gauges[0].isDeclaredCount = true
        #expect(standing(record) == .seesStreams)
    }

    @Test func whatStopsToGrowIsNoCounter() {
        var record = record(calibration(ending: nil, left: [13, 13], hasFallen: false), of: "pool", settle: 60)
        record.load.connections.established = 600
        #expect(standing(record) == .seesStreams)
    }

    @Test func lags() {
        func lag(_ calibration: GaugeCalibration, inactivity: Nanoseconds? = nil) -> Double {
            let record = record(calibration)
            return GaugeProof(record, inactivity: inactivity).lag(of: record.gauges[0])
        }
        #expect(lag(calibration(opening: 0.05, ending: 0.2)) == 0)
        #expect(lag(calibration(opening: 1.7, ending: 4.8)) == 4.8)
        // What goes one by one is held by the server: no lag of the reading.
        #expect(lag(calibration(ending: 5, atOnce: false)) == 0)
        // What goes by the inactivity timer is no lag either, also where all goes at once.
        #expect(lag(calibration(ending: 5), inactivity: 5 * .perSecond) == 0)
        #expect(lag(calibration(ending: 4), inactivity: 30 * .perSecond) == 4)
        // A cache over what never comes back: its time is between the opening's lag and more.
        #expect(lag(calibration(opening: 2, ending: nil, left: [13])) == 4)
    }

    private func trial(_ gained: Double, of expected: Double, polite: Bool = false) -> GrowthTrial {
        GrowthTrial(
            probe: "state",
            gauge: "clients",
            stage: polite ? nil : .streaming,
            manner: polite ? nil : .rst,
            drops: 20,
            expected: expected,
            gained: gained,
            isPolite: polite
        )
    }

    @Test func whatDoesNotGrowIsRetained() {
        var record = record(calibration(), settle: 60)
        record.growthTrials = [trial(0, of: 12)]
        let judgement = record.judged(Made.threshold(.leaks))
        #expect(judgement.leaks.isEmpty)
        #expect(judgement.thresholds[0].value == 0)
        let finding = record.findings("retained").first
        #expect(finding?.severity == .warning)
        #expect(finding?.title == "state.clients: 60 retained: held once and no more, as by a pool or a cache")
    }

    @Test func whatGrowsIsALeak() {
        var record = record(calibration(), settle: 60)
        record.growthTrials = [trial(11, of: 12)]
        #expect(record.judged().leaks.count == 1)
        #expect(record.findings("retained").isEmpty)
    }

    /// A pool that takes its last few in the first trial, and none in the second.
    @Test func theLastTrialDecides() {
        var record = record(calibration(), settle: 60)
        record.growthTrials = [trial(4, of: 12)]
        #expect(GaugeProof(record).isDoubtful(record.growthTrials ?? []))
        record.growthTrials = [trial(4, of: 12), trial(0, of: 12)]
        #expect(record.judged().leaks.isEmpty)
        record.growthTrials = [trial(4, of: 12), trial(5, of: 12)]
        #expect(record.judged().leaks.count == 1)
        // A rare leak grows as well, though more slowly than was thought; a process may open another thread.
        record.growthTrials = [trial(2, of: 12), trial(1, of: 12)]
        #expect(record.judged().leaks.count == 1)
        record.gauges[0].isOfProcess = true
        #expect(record.judged().leaks.isEmpty)
    }

    @Test func politeLeaksAreNamed() {
        var record = record(calibration(ending: nil, left: [13, 13]), settle: 626)
        record.growthTrials = [trial(12, of: 12), trial(13, of: 13, polite: true)]
        let finding = record.findings("leaks-politely").first
        #expect(finding?.severity == .failure)
        #expect(finding?.title == "clients: leaks even when the client leaves politely")
        // What calibration's own streams left is not put on the drops' account.
        #expect(record.judged().leaks.first?.leaked == 600)
    }

    /// What calibration left is not put on the drops' account, unless it has gone by the last reading.
    @Test func whatCalibrationLeftIsTakenOffOnce() {
        var stays = record(calibration(ending: nil, left: [13]), settle: 113)
        stays.growthTrials = [trial(12, of: 12)]
        #expect(stays.judged().leaks.map(\.leaked) == [100])
        stays.gauges[0].residuals.append(.init(rung: .inactivity, value: 100))
        #expect(stays.judged().leaks.map(\.leaked) == [100])
    }

    @Test func anOrderlyWarmUpIsRetainedAndNoLeak() {
        let record = record(calibration(ending: nil, left: [13, 0]))
        #expect(record.findings("leaks-politely").isEmpty)
        #expect(record.findings("retained").count == 1)
    }

    @Test func aGaugeThatMovesByItselfSaysWhatItCannotTell() {
        let vague = record(calibration(noise: 40), drops: 60)
        #expect(vague.findings("gauge-moves-by-itself").count == 1)
        #expect(vague.judged(Made.threshold(.leaks)).leaks.isEmpty)
        let clear = record(calibration(noise: 2), drops: 6_000)
        #expect(clear.findings("gauge-moves-by-itself").isEmpty)
        // A residual within the noise accuses nobody.
        #expect(record(calibration(noise: 8), settle: 7).judged().leaks.isEmpty)
        #expect(record(calibration(noise: 8), settle: 9).judged().leaks.count == 1)
    }

    @Test func calibrationsOwnTroublesAreTold() {
        var record = record(calibration())
        record.calibration?.waves = [.init(streams: 4, start: 1, opened: 2, ended: 3)]
        record.calibration?.errors = ["HTTP_503": 9]
        let finding = record.findings("calibration-short").first
        #expect(finding?.title == "the gauges were tried with 4 streams: the server gave no more of 13")
        #expect(finding?.evidence == ["HTTP_503: 9"])
    }

    @Test func withoutCalibrationAGaugeIsTakenAtItsWord() {
        var record = record(calibration(), settle: 5)
        record.gauges[0].calibration = nil
        record.calibration = CalibrationRecord(asked: 0)
        record.calibration?.isOff = true
        #expect(record.judged().leaks.count == 1)
        #expect(record.findings("calibration-short").first?.severity == .info)
        record.gauges[0].residuals = [.init(rung: .settle, value: 0)]
        #expect(record.judged(Made.threshold(.leaks)).passed)
    }

    @Test func namesAreRead() {
        #expect(GaugeName.saysHeld("sse_activeClients"))
        #expect(GaugeName.saysHeld("openStreams"))
        #expect(!GaugeName.saysHeld("clientsTotal"))
        #expect(!GaugeName.saysHeld("pool"))
        #expect(GaugeName.saysCounted("opened"))
        #expect(!GaugeName.saysCounted("clientCount"))
    }
}
