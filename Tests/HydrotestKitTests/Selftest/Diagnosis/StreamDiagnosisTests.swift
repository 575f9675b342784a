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

    @Test(arguments: [(20 as UInt64, Fault.heartbeatStops), (0, .quietKill)])
    func streamsThatEndAreToldApartByTheirBeats(stopped: UInt64, fault: Fault) {
        let diagnosis = diagnosis {
            $0.load.connections.ended = 20
            $0.load.heartbeat.rhythm?.stopped = stopped
        }
        #expect(diagnosis.faults == [fault])
        #expect(diagnosis.unexplained == [])
    }

    @Test(arguments: [(2_000, Fault.heartbeatStops), (310, .quietKill)] as [(Nanoseconds, Fault)])
    func theSilenceBeforeTheirEndsTellsThemApartToo(quiet: Nanoseconds, fault: Fault) {
        let diagnosis = diagnosis { record in
            record.load.connections.ended = 20
            for _ in 0..<20 { record.load.heartbeat.noteQuietEnd(after: quiet * .perMillisecond) }
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

    private static func grown(by step: Double, mean: Nanoseconds) -> RhythmRecord {
        var rhythm = RhythmRecord(period: 250 * .perMillisecond)
        for _ in 0..<20 {
            rhythm.period.record(mean * .perMillisecond)
            rhythm.growth.record(step * 1e6)
        }
        return rhythm
    }

    @Test func beatsThatComeEverLaterDrift() {
        let diagnosis = diagnosis { $0.load.heartbeat.rhythm = Self.grown(by: 25, mean: 350) }
        #expect(diagnosis.faults == [.heartbeatDrift])
        #expect(diagnosis.unexplained == [])
    }

    /// Another period than the expected one is held against the server, and yet no drift.
    @Test func beatsThatComeEvenlyButLateAreUnexplained() {
        let diagnosis = diagnosis { $0.load.heartbeat.rhythm = Self.grown(by: 0, mean: 350) }
        #expect(diagnosis.faults == [])
        #expect(diagnosis.unexplained == ["heartbeat-drift"])
    }

    /// The phases of 20 streams: those of their beats, and of their beginnings.
    private static func phases(beats: ClosedRange<Int>, starts: ClosedRange<Int>) -> RhythmRecord {
        var rhythm = grown(by: 0, mean: 250)
        func bins(_ range: ClosedRange<Int>) -> [UInt32] {
            (0..<PhaseRecord.binCount).map { range.contains($0) ? 1 : 0 }
        }
        rhythm.phases.add(beats: bins(beats), starts: bins(starts), of: 20)
        return rhythm
    }

    @Test(
        arguments: [
            (4...5, 0...63, [.heartbeatHerd]), (4...5, 10...12, []), (0...63, 0...63, []),
        ] as [(ClosedRange<Int>, ClosedRange<Int>, Set<Fault>)]
    )
    func beatsInOneInstantAreAHerdUnlessTheirStreamsBeganInOne(
        beats: ClosedRange<Int>,
        starts: ClosedRange<Int>,
        faults: Set<Fault>
    ) {
        let diagnosis = diagnosis { $0.load.heartbeat.rhythm = Self.phases(beats: beats, starts: starts) }
        #expect(diagnosis.faults == faults)
        #expect(diagnosis.unexplained == [])
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

    @Test func connectionsAreAcceptedLateWhereAllButOneHeadAreSlow() {
        #expect(diagnosis { $0.load.latency[.timeToHeaders] = slow }.faults == [.slowAccept])
        #expect(diagnosis { $0.load.latency[.timeToHeaders].merge(slow) }.faults == [])
        // One was accepted with another that had waited already; two are no exception.
        for (fast, faults) in [(1, [Fault.slowAccept]), (2, [])] {
            let diagnosis = diagnosis {
                $0.load.latency[.timeToHeaders] = slow
                $0.load.latency[.timeToHeaders].record(20 * .perMillisecond, count: UInt64(fast))
            }
            #expect(diagnosis.faults == Set(faults))
        }
    }

    private var slow: LatencyHistogram {
        var histogram = LatencyHistogram()
        histogram.record(501 * .perMillisecond, count: 4)
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

    @Test(arguments: [(1.5, true), (2.6, true), (4, false)])
    func aDeathAfterStreamsThatWereOnlyEndedIsALateCrash(time: Double, isLate: Bool) {
        let diagnosis = diagnosis {
            $0.phases = [Phase(name: .calibration, start: 1, end: 2)]
            $0.serverDeath = ServerDeath(time: time, probe: nil)
        }
        #expect(diagnosis.faults == (isLate ? [.lateCrash] : []))
        #expect(diagnosis.unexplained == (isLate ? [] : ["server-died"]))
    }

    @Test func aDeathByAResetIsNoLateCrash() {
        let diagnosis = diagnosis {
            $0.phases = [Phase(name: .calibration, start: 1, end: 2)]
            let reset = DropMoment(stage: .streaming, manner: .rst, time: 2.1)
            $0.serverDeath = ServerDeath(time: 2.2, probe: nil, lastDrops: [reset])
            $0.load.drops = [DropCount(stage: .streaming, manner: .rst, count: 1)]
        }
        #expect(diagnosis.faults == [.crashOnReset])
    }

    @Test func aDeathWithoutAResetIsUnexplained() {
        let diagnosis = diagnosis { $0.serverDeath = ServerDeath(time: 2, probe: nil) }
        #expect(diagnosis.faults == [])
        #expect(diagnosis.unexplained == ["server-died"])
    }

    @Test func aFewSlowHeadsAccuseNobody() {
        let diagnosis = diagnosis {
            $0.load.latency[.timeToHeaders] = LatencyHistogram()
            $0.load.latency[.timeToHeaders].record(400 * .perMillisecond, count: 3)
        }
        #expect(diagnosis.faults == [])
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

    /// Messages that each come to one of several streams are no skipped broadcasts.
    @Test(arguments: [(30, true), (20, false)])
    func messagesThatComeToOneStreamEachShareAQueue(ones: Int, isFault: Bool) {
        let diagnosis = diagnosis {
            var delivery = DeliveryRecord(publisher: "news")
            var (publishing, reach, places) = (PublishingCounts(), ReachCounts(), LossPlaces())
            publishing.accepted = 30
            for _ in 0..<ones { reach.note(received: 1, lost: 2) }
            for _ in ones..<30 { reach.note(received: 2, lost: 1) }
            publishing.reach = reach
            places.losersBetween = 3
            delivery.publishing = publishing
            delivery.places = places
            (delivery.counts.streams, delivery.counts.received, delivery.counts.lost) = (3, 30, 60)
            $0.load.deliveries = [delivery]
        }
        #expect(diagnosis.faults == (isFault ? [.sharedQueue] : []))
        #expect(diagnosis.unexplained == (isFault ? [] : ["events-lost"]))
    }

    @Test(arguments: [(7_000_000.0, true), (2_000_000, false)])
    func aQueueThatGrowsWhileNobodyReadsHasNoBound(peak: Double, isFault: Bool) {
        let diagnosis = diagnosis {
            var slow = SlowReaderRecord()
            slow.streams = 4
            slow.start = 0
            slow.end = 10
            $0.load.slowReaders = slow
            $0.phases = [Phase(name: .load, start: 0, end: 10)]
            var gauge = GaugeRecord(probe: "state", gauge: "queuedBytes", unit: .bytes)
            gauge.baseline = 0
            gauge.peak = peak
            gauge.residuals = [.init(rung: .settle, value: 0)]
            $0.gauges = [gauge]
            var series = Series(unit: "bytes")
            series.t = (0...10).map(Double.init)
            series.v = (0...10).map { peak * Double($0) / 10 }
            $0.series = ["state.queuedBytes": series]
        }
        #expect(diagnosis.faults == (isFault ? [.unboundedQueue] : []))
        #expect(diagnosis.unexplained == [])
    }

    private func silence(_ start: Double, _ end: Double) -> CommonSilence {
        var silence = CommonSilence(start: start, end: end)
        (silence.streams, silence.resumed, silence.watched) = (6, 6, 6)
        (silence.usual, silence.asked) = (250 * .perMillisecond, 5)
        return silence
    }

    @Test func streamsThatFallSilentAtOnceTellOfAPause() {
        let diagnosis = diagnosis { $0.load.silences = [silence(1.2, 3.7)] }
        #expect(diagnosis.faults == [.serverPause])
        #expect(diagnosis.unexplained == [])
    }

    @Test func streamsThatWaitForASlowReaderTellOfAFrozenOne() {
        let diagnosis = diagnosis {
            $0.load.silences = [silence(3, 5.5), silence(5.6, 5.9)]
            var slow = SlowReaderRecord()
            (slow.streams, slow.start) = (2, 1.5)
            slow.noteLeft(at: 5.5)
            slow.noteLeft(at: 5.75)
            $0.load.slowReaders = slow
        }
        #expect(diagnosis.faults == [.frozenReaderStallsAll])
        #expect(diagnosis.unexplained == [])
    }
}
