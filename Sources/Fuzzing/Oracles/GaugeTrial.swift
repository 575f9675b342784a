import EventLoop
import Probe
import Record
import Verdict
import Vocabulary

/// What a server's gauges made of streams that were opened and ended in good order.
public struct ProvenGauges: Sendable {
    /// One gauge.
    struct Gauge: Sendable {
        let name: String
        let standing: GaugeStanding
        /// By how much its readings scatter when nothing happens.
        let noise: Double
        /// How late its readings are, in seconds; 0 where they are not.
        let lag: Double
        /// How long after a change it is read, in ns.
        let patience: Nanoseconds
    }

    /// All of which there was a reading.
    var gauges: [Gauge] = []

    private func gauge(_ name: String) -> Gauge? { gauges.first { $0.name == name } }

    /// Whether what it keeps is held against a server: not where it only counts up, or another process answers each time.
    ///
    /// One that open streams do not move may still keep what hostile ones leave.
    func mayAccuse(_ name: String) -> Bool {
        guard let standing = gauge(name)?.standing else { return true }
        return standing != .total && standing != .severalProcesses
    }

    /// What is noise in it.
    func noise(of name: String) -> Double { gauge(name)?.noise ?? 0 }

    /// How long after a change it is read, in ns.
    func patience(of name: String) -> Nanoseconds { gauge(name)?.patience ?? 0 }

    /// The same for the slowest.
    var patience: Nanoseconds { gauges.map(\.patience).max() ?? 0 }

    /// Whether a run in which no gauge leaks says that the application holds nothing.
    var seesStreams: Bool { gauges.contains { $0.standing == .seesStreams || $0.standing == .lagging } }
}

/// The calibration of a fuzzer: before the first case some streams are opened and ended in good order, and the gauges must
/// show it.
final class GaugeTrial: LinkOwner {
    /// The bounds of a trial; times are in ns.
    private enum Limits {
        /// Streams of a wave: a prime, so that processes that share them cannot have equal shares.
        static let streams = 13
        /// Waves in all.
        static let waves = 3
        /// Looks before the first stream.
        static let quietLooks = 5
        /// The time between two looks.
        static let look: Nanoseconds = 50 * .perMillisecond
        /// How long the streams stand at least.
        static let hold: Nanoseconds = 300 * .perMillisecond
        /// How long they stand where nothing of a probe has moved yet: the longest lag that is looked for.
        static let longestLag: Nanoseconds = 17 * .perSecond
        /// How long their end is waited for at first.
        static let ending: Nanoseconds = 2 * .perSecond
        /// The same in the last wave: longer than most sweeps.
        static let sweep: Nanoseconds = 12 * .perSecond
    }

    private let engine: Engine
    private let server: FuzzServer
    private let topic: String
    private let readers: [any GaugeReader]
    private let isInterrupted: () -> Bool
    private let startedAt = MonotonicClock.now()
    private var gauges: [GaugeRecord] = []
    private var responses: [String: GaugeResponse] = [:]
    /// Who answered for each probe.
    private var identities: [String: Set<AnswerIdentity>] = [:]
    private var links: [Link] = []

    /// A trial that has not begun.
    init(
        _ readers: [any GaugeReader],
        engine: Engine,
        server: FuzzServer,
        marker: Marker,
        isInterrupted: @escaping () -> Bool
    ) {
        (self.readers, self.engine, self.server) = (readers, engine, server)
        self.isInterrupted = isInterrupted
        topic = "trial-\(marker.text)"
    }

    func changed(_ link: Link) {}

    /// Opens and ends the streams, and looks.
    func run() throws(FuzzError) -> ProvenGauges {
        try lookAtQuiet()
        guard !gauges.isEmpty else { return ProvenGauges() }
        let wait = GaugeWait(gauges)
        var record = RunRecord(profile: "", seed: 0, started: 0)
        record.calibration = CalibrationRecord(asked: UInt64(Limits.streams))
        var waves = 0
        var startsAtFall = false
        repeat {
            startsAtFall = waves > 0 && wait.haveReturned(responses)
            try carryOut(wait, isLast: waves > 0)
            waves += 1
        } while !isInterrupted() && waves < Limits.waves
            && wait.needsAnotherWave(responses, after: waves, startedAtFall: startsAtFall)
        for index in gauges.indices {
            gauges[index].calibration = responses[gauges[index].seriesName]?.calibration
            guard let met = identities[gauges[index].probe] else { continue }
            if met.count > 1 { gauges[index].calibration?.processes = UInt64(met.count) }
            // A process that names itself is one, however its readings go up and down.
            if met.count == 1, met.allSatisfy(\.isOfProcess) { gauges[index].calibration?.alternates = false }
        }
        record.gauges = gauges
        let proof = GaugeProof(record)
        return ProvenGauges(
            gauges: gauges.map { gauge in
                .init(
                    name: gauge.gauge,
                    standing: proof.standing(of: gauge),
                    noise: gauge.calibration?.noise ?? 0,
                    lag: proof.lag(of: gauge),
                    patience: Nanoseconds(seconds: proof.patience(with: gauge.probe))
                )
            }
        )
    }

    private var now: Double { (MonotonicClock.now() - startedAt).inSeconds }

    private func lookAtQuiet() throws(FuzzError) {
        var quiet: [String: [Double]] = [:]
        for _ in 0..<Limits.quietLooks {
            for (name, value) in read() { quiet[name, default: []].append(value) }
            try turn(for: Limits.look)
        }
        // What is a counter is known only once it has been read.
        gauges = readers.flatMap { reader in
            reader.gauges.filter { $0.unit == .count }.map { gauge in
                var record = GaugeRecord(probe: reader.probe, gauge: gauge.name, unit: gauge.unit)
                record.isOfProcess = reader is ProcessGaugeReader
                return record
            }
        }
        responses = quiet.compactMapValues(GaugeResponse.init(quiet:))
        gauges.removeAll { responses[$0.seriesName] == nil }
    }

    private func carryOut(_ wait: GaugeWait, isLast: Bool) throws(FuzzError) {
        for name in responses.keys { responses[name]?.open(at: now) }
        openStreams()
        let latest = MonotonicClock.now() + FuzzLimits.healthTime
        while !links.allSatisfy({ $0.isOver || $0.reader.isStreaming }), MonotonicClock.now() < latest {
            try turn(until: latest)
        }
        let standing = links.count { !$0.isOver && $0.reader.isStreaming }
        let stood = MonotonicClock.now()
        for name in responses.keys { responses[name]?.stand(standing, at: now) }
        while !isInterrupted() {
            look()
            let time = MonotonicClock.now() - stood
            if time >= Limits.hold, wait.haveRisen(responses, after: time, at: Limits.longestLag) { break }
            try turn(for: Limits.look)
        }
        let isCalm = links.allSatisfy { !$0.isOver }
        for link in links { engine.drop(link, .closeNotify) }
        links = []
        for name in responses.keys { responses[name]?.close(at: now, isCalm: isCalm) }
        let ended = MonotonicClock.now()
        // A document that showed the opening late shows the end late as well.
        let isLate = wait.slowest(responses) > GaugeProof.shortLag
        let end = ended + (isLate ? Limits.longestLag : isLast ? Limits.sweep : Limits.ending)
        while !isInterrupted(), MonotonicClock.now() < end {
            look()
            if wait.haveReturned(responses) { break }
            if MonotonicClock.now() >= ended + Limits.ending, wait.haveReturned(responses, butFor: .process) { break }
            try turn(for: Limits.look)
        }
    }

    private func openStreams() {
        let channels = server.channels
        for index in 0..<Limits.streams {
            let channel = channels[index % channels.count]
            guard let destination = server.destination(channel),
                let link = try? engine.connect(to: destination, channel, owner: self)
            else { continue }
            link.output = server.connect.bytes(ActionRequest.Subject(topics: [topic]), host: destination.host)
            links.append(link)
        }
    }

    private func look() {
        let moment = now
        for (name, value) in read() { responses[name]?.note(value, at: moment) }
    }

    private func read() -> [String: Double] {
        var values: [String: Double] = [:]
        for reader in readers {
            let readings = readAfresh(reader)
            for (gauge, reading) in zip(reader.gauges, readings) where gauge.unit == .count {
                if case .value(let value) = reading { values["\(reader.probe).\(gauge.name)"] = value }
            }
        }
        return values
    }

    /// Over a fresh connection, so that another process behind the same port may answer.
    private func readAfresh(_ reader: any GaugeReader) -> [GaugeReading] {
        guard let reader = reader as? any IdentifyingGaugeReader else { return reader.read() }
        let readings = reader.readAfresh()
        if let identity = reader.identity { identities[reader.probe, default: []].insert(identity) }
        return readings
    }

    private func turn(for duration: Nanoseconds) throws(FuzzError) {
        let deadline = MonotonicClock.now() + duration
        repeat { try turn(until: deadline) } while MonotonicClock.now() < deadline
    }

    private func turn(until deadline: Nanoseconds) throws(FuzzError) {
        do { try engine.turn(until: deadline) } catch { throw .machine("the event loop broke: \(error)") }
    }
}
