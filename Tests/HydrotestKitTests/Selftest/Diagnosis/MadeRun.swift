import Record
import Verdict
import Vocabulary

@testable import HydrotestKit

/// Made-up runs of the self-test's streams.
enum MadeRun {
    /// Twenty streams held in good order, with the heartbeats that were expected, and drops at two stages.
    static func clean() -> RunRecord {
        var record = RunRecord(profile: "made", seed: 1, started: 0)
        record.load.connections.attempted = 140
        record.load.connections.established = 60
        record.load.connections.completed = 20
        record.load.connections.dropped = 120
        record.load.stages = [.connected: 140, .requestSent: 140, .headersReceived: 60, .firstEvent: 60]
        record.load.drops = [
            DropCount(stage: .requestSent, manner: .fin, count: 60),
            DropCount(stage: .streaming, manner: .fin, count: 60),
        ]
        record.load.heartbeat.streams = 20
        record.load.heartbeat.beats = 260
        record.load.heartbeat.missed = 0
        record.load.heartbeat.interval.record(250 * .perMillisecond, count: 240)
        record.load.heartbeat.rhythm = RhythmRecord(period: 250 * .perMillisecond)
        record.load.latency[.timeToHeaders].record(81 * .perMillisecond, count: 60)
        record.heartbeatExpected = HeartbeatExpectation(
            expect: 250 * .perMillisecond,
            longestInterval: 300 * .perMillisecond,
            match: "comment"
        )
        return record
    }

    /// Leaks of a gauge at each stage in each manner.
    static func leaks(
        _ name: String,
        _ leakClass: LeakClass,
        at stages: [Stage?],
        by manners: [Manner] = [.fin, .rst, .halfClose]
    ) -> [Leak] {
        let parts = name.split(separator: ".").map(String.init)
        return stages.flatMap { stage in
            manners.map { manner in
                Leak(
                    gauge: parts[1],
                    probe: parts[0],
                    stage: stage,
                    manner: stage == nil ? nil : manner,
                    drops: 10,
                    leaked: 10,
                    per1000Drops: 1_000,
                    low: 700,
                    high: 1_000,
                    class: leakClass
                )
            }
        }
    }

    /// What a run with some leaks is diagnosed as.
    static func diagnosis(of leaks: [Leak]) -> FaultDiagnosis {
        FaultDiagnosis(clean(), Judgement(leaks: leaks, findings: [], thresholds: []))
    }

    /// What a record is diagnosed as, judged as every run is.
    static func diagnosis(of record: RunRecord) -> FaultDiagnosis {
        FaultDiagnosis(record, Judge(thresholds: []).judge(record))
    }
}
