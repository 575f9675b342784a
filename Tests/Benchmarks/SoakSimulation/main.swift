// Keeps the journal of a soak that never was: made-up samples of so many hours, an entry for every five seconds of them.
//
// Usage: SoakSimulation FOLDER [HOURS], 24 by default. It prints how large run.journal has been at most, what was written
// in all, and the processor time of it. `hydrotest report recover FOLDER` makes the report of what is left.

import Foundation
import Glibc
import Journal
import Record
import RunProfile
import Vocabulary

/// A series within the bounds of the run's own: beyond, every other point goes and the period doubles.
struct BoundedFigure {
    private(set) var series: Series
    private let limit: Int
    private var samplesPerPoint = 1
    private var samples = 0

    init(unit: String, limit: Int) {
        series = Series(unit: unit)
        self.limit = limit
    }

    mutating func append(_ time: Double, _ value: Double) {
        if samples < samplesPerPoint, let last = series.v.last {
            series.v[series.v.count - 1] = max(last, value)
            samples += 1
            return
        }
        if series.t.count == limit {
            let pairs = stride(from: 0, to: limit, by: 2)
            (series.t, series.v) = (pairs.map { series.t[$0] }, pairs.map { max(series.v[$0], series.v[$0 + 1]) })
            samplesPerPoint *= 2
        }
        series.t.append(time)
        series.v.append(value)
        samples = 1
    }
}

/// What 2,000 held streams and 50 drops a second leave in a record, on a server that leaks a little.
struct MadeSoak {
    private var random = SplitMix64(seed: 24)
    private var figures: [String: BoundedFigure] = [:]
    private(set) var record: RunRecord

    init() {
        record = RunRecord(profile: "simulated-soak", seed: 24, started: 1_790_000_000)
        record.interrupted = true
        record.environment.target = "http://127.0.0.1:8080/events"
        for name in ["streams", "arrivals", "events", "drops", "failures"] {
            figures[name] = BoundedFigure(unit: name == "streams" ? "streams" : "1/s", limit: 2_400)
        }
        for index in 0..<16 {
            let gauge = GaugeRecord(probe: "state", gauge: "gauge\(index)", unit: index < 12 ? .count : .bytes)
            record.gauges.append(gauge)
            figures[gauge.seriesName] = BoundedFigure(unit: gauge.unit.rawValue, limit: 4_096)
        }
    }

    private mutating func noise() -> Double { Double(random.next() >> 11) / Double(1 << 53) }

    /// A latency with a long tail, in ns.
    private mutating func latency(_ scale: Double) -> Nanoseconds {
        Nanoseconds(1e6 * scale * exp(1.2 * (noise() + noise() + noise() - 1.5)) * (noise() < 0.001 ? 60 : 1))
    }

    /// Goes on to a second.
    mutating func advance(to second: Int, by step: Int) {
        let time = Double(second)
        record.ended = record.started + time
        record.phases = [Phase(name: .baseline, start: 0, end: 2), Phase(name: .load, start: 2, end: time)]
        record.steady = SteadySpan(start: 10, end: time)
        record.load.connections.attempted += UInt64(50 * step)
        record.load.connections.dropped += UInt64(50 * step)
        record.load.connections.established = 2_000 + record.load.connections.dropped * 7 / 10
        record.load.connections.peak = 2_060
        record.load.events += UInt64(2_000 * step)
        record.load.heartbeat.streams = 2_000
        record.load.heartbeat.beats += UInt64(2_000 * step)
        for _ in 0..<50 * step {
            record.load.latency[.connect].record(latency(0.4))
            record.load.latency[.timeToHeaders].record(latency(1.5))
            record.load.latency[.timeToFirstEvent].record(latency(2))
            record.load.loopLag.record(latency(0.05))
        }
        for _ in 0..<500 {
            record.load.latency[.event].record(latency(3))
            record.load.heartbeat.interval.record(1_000_000_000 + latency(2))
        }
        // Four samples a second, as the run and its probes take them.
        for quarter in 0..<4 * step {
            let moment = time - Double(step) + Double(quarter) / 4
            for name in figures.keys.sorted() {
                let drift = moment / 1_000
                let value = (2_000 + drift + 60 * noise()).rounded()
                figures[name]?.append(moment, name.contains("gauge1") ? value * 40_961 : value)
            }
        }
        record.series = figures.mapValues(\.series)
        for index in record.gauges.indices {
            record.gauges[index].baseline = 0
            record.gauges[index].peak = figures[record.gauges[index].seriesName]?.series.v.max()
        }
    }
}

guard CommandLine.arguments.count > 1 else {
    print("usage: SoakSimulation FOLDER [HOURS]")
    exit(64)
}
let folder = CommandLine.arguments[1]
let hours = CommandLine.arguments.count > 2 ? Double(CommandLine.arguments[2]) ?? 24 : 24
let step = 5
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
let threshold = Threshold(expression: "errors.count == 0", metric: .errorCount, comparison: .equal, bound: 0)
let journal = try JournalWriter(
    folder: folder,
    terms: JournalTerms(thresholds: [threshold], leak: LeakOptions())
) { print($0) }
var soak = MadeSoak()
var largest = 0
var written = 0
var last = 0
var writing = 0.0
for second in stride(from: step, through: Int(hours * 3_600), by: step) {
    soak.advance(to: second, by: step)
    let start = clock()
    journal.write(soak.record)
    writing += Double(clock() - start) / Double(CLOCKS_PER_SEC)
    var status = stat()
    stat("\(folder)/run.journal", &status)
    let size = Int(status.st_size)
    largest = max(largest, size)
    written += size > last ? size - last : size
    last = size
}
journal.end(removing: false)
let entries = Int(hours * 3_600) / step
print("simulated \(hours) h, \(entries) entries: journal at most \(NumberText.bytes(Double(largest)))")
print(
    "written in all \(NumberText.bytes(Double(written))); \(NumberText.threeDigits(writing / Double(entries) * 1_000)) ms of "
        + "processor time an entry, \(NumberText.threeDigits(writing / (hours * 3_600) * 100))% of a core"
)
