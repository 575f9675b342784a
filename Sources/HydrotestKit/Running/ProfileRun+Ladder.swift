import EventLoop
import EventStream
import Probe
import Record
import RunProfile
import Transport
import Vocabulary

/// The ladder: what is left after the load, after the settle time, after the inactivity timeout, after a publish.
extension ProfileRun {
    /// How long the publish may take, in ns.
    static let publishTimeout: Nanoseconds = 10 * .perSecond

    /// Climbs as far as anything is left.
    func climb(_ watch: GaugeWatch, _ builder: EndpointBuilder) {
        let loadEnd = MonotonicClock.now()
        rung(.settle, .settle, watch, until: loadEnd + profile.leak.settle)
        if let inactivity, isAnythingLeft(watch) {
            record.inactivity = inactivity
            // The timers of the last connections were started before the load's end; the settle time is their margin.
            rung(.inactivity, .inactivity, watch, until: loadEnd + inactivity.timeout + profile.leak.settle)
        }
        if let publish = profile.leak.publish, isAnythingLeft(watch) {
            record.publish = send(publish, builder)
            rung(.publish, .publish, watch, until: MonotonicClock.now() + profile.leak.settle)
        }
        watch.noteFalls(since: loadEnd)
    }

    /// The server's inactivity timeout, as the profile or the streams that it ended tell it; nil where neither does.
    private var inactivity: InactivityRecord? {
        if let told = profile.leak.inactivity { return InactivityRecord(timeout: told, discoveredFrom: nil) }
        return record.load.heartbeat.commonQuietLife
    }

    private func isAnythingLeft(_ watch: GaugeWatch) -> Bool {
        !isOver && !watch.remaining(in: watch.read()).isEmpty
    }

    /// Waits until nothing is left or the rung's time is up, and notes what is left.
    ///
    /// The settle time is waited for in any case: a server that is still at work on its last requests has not yet
    /// leaked what they will leave behind.
    private func rung(_ name: Phase.Name, _ rung: GaugeRecord.Rung, _ watch: GaugeWatch, until end: Nanoseconds) {
        guard !isOver else { return }
        phase(name) {
            var readings = watch.read()
            wait(until: end, saying: name.rawValue) {
                readings = watch.read()
                return rung != .settle && watch.remaining(in: readings).isEmpty
            }
            // What an interrupt cut short says nothing about the rung.
            guard !isOver else { return }
            watch.note(readings, at: rung)
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
