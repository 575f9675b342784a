import EventLoop
import HTTP
import Probe
import Record
import RunProfile
import Transport
import Verdict
import Vocabulary

/// The ladder: what is left after the load, after the settle time, after the inactivity timeout, after a publish.
extension ProfileRun {
    /// How long the publish may take, in ns.
    static let publishTimeout: Nanoseconds = 10 * .perSecond

    /// How many publishes are made, one after the other, while something is left: the first write to a client that is
    /// gone often succeeds, and only the next one fails.
    static let publishes = 3
    /// How long a gauge that falls is watched for its next fall, in ns.
    static let stillness: Nanoseconds = 1 * .perSecond
    /// How long a gauge is watched that goes on falling, in ns.
    static let longestFall: Nanoseconds = 15 * .perSecond

    /// Climbs as far as anything is left.
    func climb(_ watch: GaugeWatch, _ builder: EndpointBuilder) {
        let loadEnd = MonotonicClock.now()
        watch.believe(proof(watch))
        rung(.settle, watch, until: loadEnd + profile.leak.settle)
        if let inactivity = inactivityTimeout, isAnythingLeft(watch) {
            record.inactivity = inactivity
            // The timers of the last connections were started before the load's end; the settle time is their margin.
            rung(.inactivity, watch, until: loadEnd + inactivity.timeout + profile.leak.settle)
        }
        if let publish = profile.leak.publish, isAnythingLeft(watch) {
            phase(.publish) { self.publish(publish, watch, builder) }
        }
        awaitStillness(watch)
        watch.noteFalls(since: loadEnd)
        watch.believe(proof(watch))
    }

    /// The server's inactivity timeout, as the profile or the streams that it ended tell it; nil where neither does.
    var inactivityTimeout: InactivityRecord? {
        if let told = profile.leak.inactivity { return InactivityRecord(timeout: told, discoveredFrom: nil) }
        return record.load.heartbeat.commonQuietLife
    }

    private func isAnythingLeft(_ watch: GaugeWatch) -> Bool {
        !isOver && !watch.remaining(in: watch.read()).isEmpty
    }

    /// Waits until nothing is left or the rung's time is up, and notes what is left.
    ///
    /// The settle time is waited for in any case: a server that is still at work on its last requests has not yet
    /// leaked what they will leave behind. A probe that lags is read later by its lag.
    private func rung(_ rung: GaugeRecord.Rung, _ watch: GaugeWatch, until end: Nanoseconds) {
        guard !isOver else { return }
        let name: Phase.Name = rung == .settle ? .settle : .inactivity
        phase(name) {
            let proof = proof(watch)
            var lags = Dictionary(grouping: Set(watch.records.map(\.probe))) {
                Nanoseconds(seconds: proof.patience(with: $0))
            }
            // Without a probe the time is still the server's own.
            if lags.isEmpty { lags[0] = [] }
            for (lag, probes) in lags.sorted(by: { $0.key < $1.key }) {
                var readings = watch.read()
                wait(until: end + lag, saying: name.rawValue) {
                    guard rung != .settle else { return false }
                    readings = watch.read()
                    return watch.remaining(in: readings).isEmpty
                }
                // What an interrupt cut short says nothing about the rung.
                guard !isOver else { return }
                readings = watch.read()
                watch.note(readings, at: rung, of: Set(probes))
            }
        }
    }

    /// Publishes until nothing is left, or a publish changes nothing after one that did not either.
    private func publish(_ publish: PublishOptions, _ watch: GaugeWatch, _ builder: EndpointBuilder) {
        var readings = watch.read()
        for count in 1...Self.publishes where !isOver {
            record.publish = send(publish, builder)
            record.publish?.count = UInt64(count)
            wait(until: MonotonicClock.now() + settleTime, saying: Phase.Name.publish.rawValue) {
                readings = watch.read()
                return watch.remaining(in: readings).isEmpty
            }
            if watch.remaining(in: readings).isEmpty { break }
        }
        guard !isOver else { return }
        watch.note(readings, at: .publish)
    }

    /// Goes on looking while what is left goes on falling: a gauge that comes back right after a reading is not
    /// permanently up.
    private func awaitStillness(_ watch: GaugeWatch) {
        let end = MonotonicClock.now() + Self.longestFall
        var readings = watch.read()
        while !isOver, MonotonicClock.now() < end {
            let left = watch.remaining(in: readings)
            guard !left.isEmpty else { return }
            var next = readings
            var hasFallen = false
            wait(until: MonotonicClock.now() + Self.stillness + patience, saying: "what is left") {
                next = watch.read()
                hasFallen = left.contains { gauge in
                    (next[gauge.seriesName] ?? .infinity) < (readings[gauge.seriesName] ?? -.infinity)
                }
                return hasFallen
            }
            guard hasFallen else { return }
            readings = next
        }
    }

    /// Sends the publish, and says what it brought.
    func send(_ publish: PublishOptions, _ builder: EndpointBuilder) -> PublishRecord {
        show("publish")
        let url = builder.url(publish.address)
        do {
            let client = HTTPClient(tls: url.tls ? try builder.tlsContext(url) : nil)
            let answer = try client.exchange(
                method: publish.method,
                url: url,
                headers: [HTTPField("Connection", "close")],
                body: Array(publish.body.utf8),
                timeout: Self.publishTimeout
            )
            return PublishRecord(
                status: answer.status,
                error: (200..<300).contains(answer.status) ? nil : "HTTP_\(answer.status)"
            )
        } catch let error as HTTPClientError {
            return PublishRecord(status: nil, error: error.name)
        } catch {
            return PublishRecord(status: nil, error: "\(error)")
        }
    }
}
