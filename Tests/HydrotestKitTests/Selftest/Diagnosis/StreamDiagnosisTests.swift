import Record
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct StreamDiagnosisTests {
    private func diagnosis(_ change: (inout RunRecord) -> Void) -> FaultDiagnosis {
        var record = MadeRun.clean()
        change(&record)
        return MadeRun.diagnosis(of: record)
    }

    @Test func aCleanRunShowsNothing() { #expect(diagnosis { _ in } == FaultDiagnosis()) }

    @Test func streamsWithoutABeatThatEndHaveNoHeartbeat() {
        let diagnosis = diagnosis {
            $0.load.heartbeat = HeartbeatRecord()
            $0.load.heartbeat.streams = 20
            $0.load.heartbeat.missed = 140
            $0.load.heartbeat.disconnectedWhileQuiet = 20
            $0.load.connections.ended = 20
        }
        #expect(diagnosis.faults == [.noHeartbeat])
        #expect(diagnosis.unexplained == [])
    }

    @Test func streamsWithoutAnythingAreBuffered() {
        let diagnosis = diagnosis {
            $0.load.heartbeat = HeartbeatRecord()
            $0.load.heartbeat.streams = 20
            $0.load.heartbeat.missed = 260
            $0.load.stages[.firstEvent] = nil
            $0.load.errors = ["TIMEOUT_STAGE": 30]
        }
        #expect(diagnosis.faults == [.buffered])
        #expect(diagnosis.unexplained == [])
    }

    @Test(arguments: [(102 as UInt64, Fault.heartbeatStops), (3, .quietKill)])
    func streamsThatEndAreToldApartByTheirBeats(missed: UInt64, fault: Fault) {
        let diagnosis = diagnosis {
            $0.load.connections.ended = 20
            $0.load.heartbeat.missed = missed
        }
        #expect(diagnosis.faults == [fault])
        #expect(diagnosis.unexplained == [])
    }

    /// One stream that was ended is held against the server, and yet names no fault.
    @Test func oneStreamThatEndsIsUnexplained() {
        let diagnosis = diagnosis { $0.load.connections.ended = 1 }
        #expect(diagnosis.faults == [])
        #expect(diagnosis.unexplained == ["streams-ended"])
    }

    @Test func beatsThatComeEverLaterDrift() {
        let diagnosis = diagnosis {
            for step in 0..<10 as Range<UInt64> {
                $0.load.heartbeat.interval.record((250 + 25 * step) * .perMillisecond, count: 200)
            }
        }
        #expect(diagnosis.faults == [.heartbeatDrift])
    }

    /// On a busy machine some beats come late.
    @Test func someLateBeatsAccuseNobody() {
        let diagnosis = diagnosis {
            $0.load.heartbeat.interval.record(700 * .perMillisecond, count: 40)
            $0.load.heartbeat.missed = 30
        }
        #expect(diagnosis == FaultDiagnosis())
    }

    @Test func aWrongContentTypeIsNamed() {
        let diagnosis = diagnosis {
            $0.load.errors = ["NOT_AN_EVENT_STREAM": 80]
            $0.load.connections.failed = 80
        }
        #expect(diagnosis.faults == [.wrongContentType])
        #expect(diagnosis.unexplained == [])
    }

    @Test func connectionsAreAcceptedLateWhereTheFastestIsSlow() {
        #expect(diagnosis { $0.load.latency.timeToHeaders = slow }.faults == [.slowAccept])
        #expect(diagnosis { $0.load.latency.timeToHeaders.merge(slow) }.faults == [])
    }

    private var slow: LatencyHistogram {
        var histogram = LatencyHistogram()
        histogram.record(201 * .perMillisecond, count: 4)
        return histogram
    }

    /// What the dying server still took is dropped after the reset that it dies of.
    private func death(resets: UInt64) -> FaultDiagnosis {
        diagnosis {
            let drops: [(Stage, Manner)] = [(.streaming, .rst), (.requestSent, .rst), (.requestSent, .halfClose)]
            $0.serverDeath = ServerDeath(
                time: 2,
                probe: nil,
                lastDrops: drops.map { DropMoment(stage: $0, manner: $1, time: 1) }
            )
            $0.load.drops = [DropCount(stage: .streaming, manner: .rst, count: resets)]
            $0.load.connections.failed = 100
            $0.load.errors = ["ECONNREFUSED": 100]
        }
    }

    @Test func aDeathAfterTheFirstResetIsACrash() {
        #expect(death(resets: 1).faults == [.crashOnReset])
        #expect(death(resets: 1).unexplained == [])
    }

    @Test func aDeathAfterManyResetsIsUnexplained() {
        #expect(death(resets: 20).faults == [])
        #expect(Set(death(resets: 20).unexplained) == ["server-died", "most-connections-failed"])
    }

    @Test func aDeathWithoutAResetIsUnexplained() {
        let diagnosis = diagnosis { $0.serverDeath = ServerDeath(time: 2, probe: nil) }
        #expect(diagnosis.faults == [])
        #expect(diagnosis.unexplained == ["server-died"])
    }

    /// Messages that are lost on open streams too are no skipped broadcasts, and no fault explains them.
    @Test(arguments: [(12 as UInt64, true), (11, false)])
    func messagesUnderWayThatNewStreamsMissAreSkippedBroadcasts(atStart: UInt64, isFault: Bool) {
        let diagnosis = diagnosis {
            var delivery = DeliveryRecord(publisher: "news")
            delivery.publishing = PublishingCounts()
            delivery.publishing?.accepted = 20
            delivery.counts.streams = 60
            delivery.counts.received = 900
            delivery.counts.lost = 12
            delivery.counts.lostAtStart = atStart
            $0.load.deliveries = [delivery]
        }
        #expect(diagnosis.faults == (isFault ? [.broadcastSkips] : []))
        #expect(diagnosis.unexplained == (isFault ? [] : ["events-lost"]))
    }

    @Test(arguments: [(7_000_000.0, true), (1_000_000, false)])
    func aQueueThatGrowsWithItsReaderStalledHasNoBound(peak: Double, isFault: Bool) {
        let diagnosis = diagnosis {
            $0.load.drops = [DropCount(stage: .streaming, manner: .stall, count: 4)]
            var gauge = GaugeRecord(probe: "state", gauge: "queuedBytes", unit: .bytes)
            gauge.baseline = 0
            gauge.peak = peak
            gauge.residuals = [.init(rung: .settle, value: 0)]
            $0.gauges = [gauge]
        }
        #expect(diagnosis.faults == (isFault ? [.unboundedQueue] : []))
        #expect(diagnosis.unexplained == [])
    }
}
