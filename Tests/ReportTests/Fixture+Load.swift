import Record
import Vocabulary

extension Fixture {
    static func load() -> LoadRecord {
        var load = LoadRecord()
        load.connections.attempted = 12_000
        load.connections.established = 11_210
        load.connections.failed = 3
        load.connections.dropped = 10_000
        load.connections.completed = 1_997
        load.connections.peak = 2_184
        load.events = 118_420
        load.comments = 131_004
        load.bytesReceived = 24_800_000
        let reached: [UInt64] = [
            12_000, 11_999, 11_999, 11_640, 11_310, 11_002, 10_702, 10_400, 10_102, 9_200, 8_800, 5_400, 3_900, 2_640,
        ]
        load.stages = Dictionary(uniqueKeysWithValues: zip(Stage.allCases, reached))
        var noise = Noise()
        for stage in Stage.allCases {
            for manner in [Manner.fin, .rst, .halfClose, .closeNotify] where manner.applies(at: stage, tls: true) {
                let count = stage == .headersReceived ? 2_240 : UInt64(noise.next() * 90) + 4
                load.drops.append(DropCount(stage: stage, manner: manner, count: count))
            }
        }
        load.errors = ["ECONNRESET": 2, "HTTP_503": 1]
        load.latency = latency(&noise)
        load.heartbeat.streams = 2_000
        load.heartbeat.beats = 118_000
        load.heartbeat.missed = 12
        load.heartbeat.longestSilence = 1_840 * ms
        for _ in 0..<20_000 { load.heartbeat.interval.record(Nanoseconds(seconds: 1 + (noise.next() - 0.5) * 0.06)) }
        for beat in 0..<12 { load.heartbeat.interval.record(1_210 * ms + UInt64(beat) * 57 * ms) }
        for _ in 0..<2_000 { load.loopLag.record(Nanoseconds(seconds: 0.000_2 * noise.next())) }
        return load
    }

    private static func latency(_ noise: inout Noise) -> LatencyRecord {
        var latency = LatencyRecord()
        for index in 0..<12_000 {
            let base = 0.000_3 + noise.next() * 0.001 + (index.isMultiple(of: 97) ? noise.next() * 0.03 : 0)
            latency[.connect].record(Nanoseconds(seconds: base))
            latency[.tlsHandshake].record(Nanoseconds(seconds: base * 4 + 0.002))
            latency[.timeToHeaders].record(Nanoseconds(seconds: base * 7 + 0.004))
            if index.isMultiple(of: 3) { latency[.timeToFirstEvent].record(Nanoseconds(seconds: base * 9 + 0.012)) }
        }
        return latency
    }

    static func series(points: Int = 384) -> [String: Series] {
        var noise = Noise()
        var streams = Series(unit: "streams")
        var arrivals = Series(unit: "1/s")
        var events = Series(unit: "1/s")
        var clients = Series(unit: "count")
        var timers = Series(unit: "count")
        var memory = Series(unit: "bytes")
        for index in 0..<points {
            let t = 96 * Double(index) / Double(max(points - 1, 1))
            let open = t < 2 ? 0 : t < 6 ? (t - 2) * 500 : t < 62 ? 2_000 + noise.next() * 184 : max(0, (68 - t) * 333)
            let left = t < 20 ? 0 : t < 62 ? (t - 20) * 4.07 : 171
            streams.append(t, t > 68 ? 0 : open.rounded())
            arrivals.append(t, t < 2 || t > 31 ? 0 : (390 + noise.next() * 40).rounded())
            events.append(t, t > 68 ? 0 : (open * (0.9 + noise.next() * 0.3)).rounded())
            clients.append(t, (t > 68 ? left : open + left).rounded())
            timers.append(t, t > 76 ? 1 : t > 68 ? 64 : open.rounded() + 1)
            memory.append(t, 84e6 + open * 66_000 + (t > 20 ? min(t - 20, 42) * 740_000 : 0))
        }
        return [
            "streams": streams, "arrivals": arrivals, "events": events, "state.clients": clients,
            "state.timers": timers,
            "process.rss": memory,
        ]
    }
}
