import EventLoop
import Glibc
import HTTP
import Load
import Probe
import Record
import RunProfile
import Synchronization
import Transport
import Verdict
import Vocabulary

extension ProfileRun {
    /// Opens streams level by level until one does not hold, and notes what each level came to.
    ///
    /// - Throws: ``RunError`` where the machine gives no loop or no thread, or the publish cannot be set up.
    func findCeiling(
        _ capacity: CapacityOptions,
        _ scenarios: [LoadScenario],
        _ builder: EndpointBuilder
    ) throws(RunError) -> LoadRecord {
        guard case .staircase(let staircase)? = profile.scenarios.first?.arrival else {
            preconditionFailure("a profile is checked before it is run")
        }
        var settings = LoadSettings(heartbeat: profile.heartbeat, limits: profile.limits)
        settings.levelEnds = staircase.ends
        settings.measuresEvents = capacity.publish != nil
        let publisher = try publisher(capacity, builder)
        let climb = CapacityClimb(
            staircase,
            judge: LevelJudge(thresholds: profile.thresholds, heartbeat: heartbeatExpectation),
            start: now,
            saturation: saturation
        )
        defer {
            record.capacity = climb.record
            if let outcome = publisher?.stop() {
                record.capacity?.published = outcome.published
                record.capacity?.publishErrors = outcome.errors
            }
        }
        return try carryOut(scenarios, saying: climb.title, settings: settings) { generator in
            climb.look(at: generator)
            record.capacity = climb.record
        }
    }

    private func publisher(_ capacity: CapacityOptions, _ builder: EndpointBuilder) throws(RunError) -> ClimbPublisher?
    {
        guard let publish = capacity.publish else { return nil }
        let url = builder.url(publish.address)
        let client = HTTPClient(tls: url.tls ? try builder.tlsContext(url) : nil)
        do {
            return try ClimbPublisher(publish, to: url, with: client, every: capacity.publishEvery)
        } catch {
            throw .machine("the publisher cannot start: \(error.advice)")
        }
    }
}

/// Judges the levels of a climb as they end, and ends the climb at the first that does not hold.
final class CapacityClimb {
    private let staircase: Staircase
    private let judge: LevelJudge
    /// When the climb began, in seconds since the run's start.
    private let start: Double
    /// Why a level's figures are not to be trusted.
    private let saturation: (LoadRecord) -> [String]
    /// What was found so far.
    private(set) var record: CapacityRecord

    init(
        _ staircase: Staircase,
        judge: LevelJudge,
        start: Double,
        saturation: @escaping (LoadRecord) -> [String]
    ) {
        self.staircase = staircase
        self.judge = judge
        self.start = start
        self.saturation = saturation
        record = CapacityRecord(top: UInt64(staircase.levels.last ?? 0))
    }

    /// Whether the last level, or one that did not hold, has been judged.
    var isOver: Bool { record.broken != nil || record.levels.count == staircase.levels.count }

    /// Takes the levels that have ended.
    func look(at generator: LoadGenerator) {
        while !isOver, let level = generator.takeLevel() {
            record.levels.append(judge.judge(level, over: span, saturation: saturation(level.load)))
            if isOver { generator.complete() }
        }
    }

    /// The climb in words, for the line that tells what goes on.
    var title: String {
        let held = record.held.map { ", \(NumberText.grouped(Int(clamping: $0.streams))) held" } ?? ""
        return "level \(record.levels.count + 1) of \(staircase.levels.count)\(held)"
    }

    /// The level that is judged next.
    private var span: LevelJudge.Span {
        let level = record.levels.count
        return LevelJudge.Span(
            streams: UInt64(staircase.levels[level]),
            opening: Double(staircase.count(of: level)) / staircase.rate,
            start: start + staircase.start(of: level).inSeconds,
            end: start + staircase.ends[level].inSeconds
        )
    }
}

/// Publishes again and again while a climb lasts, each time with the moment of its sending in the body.
///
/// One publish at a time: where the server takes longer than the period to answer, the moments that passed are left out.
final class ClimbPublisher: Sendable {
    /// How long one publish may take, in ns.
    static let timeout: Nanoseconds = 10 * .perSecond
    /// How often the end is looked for, in ns.
    private static let lookEvery: Nanoseconds = 20 * .perMillisecond

    /// What the publishes brought.
    struct Outcome: Equatable, Sendable {
        /// Publishes that the server took.
        var published: UInt64 = 0
        /// Publishes that failed, by the error's name.
        var errors: [String: UInt64] = [:]
    }

    private let isStopped = Atomic<Bool>(false)
    private let outcome = Locked(Outcome())
    private let thread = Locked<OperatingSystemThread?>(nil)

    /// Starts to publish, for the first time after one period.
    ///
    /// - Throws: `EAGAIN` where the system has no thread left.
    init(
        _ options: PublishOptions,
        to url: TargetURL,
        with client: HTTPClient,
        every period: Nanoseconds
    ) throws(SystemError) {
        let started = try OperatingSystemThread(name: "publisher") { [self] in
            var next = MonotonicClock.now() + period
            while wait(until: next) {
                let error = Self.publish(options, to: url, with: client)
                outcome.withLock { outcome in
                    if let error { outcome.errors[error, default: 0] += 1 } else { outcome.published += 1 }
                }
                let now = MonotonicClock.now()
                next += period * (now > next ? (now - next) / period + 1 : 1)
            }
        }
        thread.withLock { $0 = started }
    }

    /// Ends the publishing; waits for a publish that goes on.
    func stop() -> Outcome {
        isStopped.store(true, ordering: .relaxed)
        thread.withLock { $0.take() }?.join()
        return outcome.withLock { $0 }
    }

    /// Waits until a moment; false where the publishing has ended by then.
    private func wait(until moment: Nanoseconds) -> Bool {
        while !isStopped.load(ordering: .relaxed) {
            let now = MonotonicClock.now()
            guard now < moment else { return true }
            usleep(UInt32(min(Self.lookEvery, moment - now) / .perMicrosecond + 1))
        }
        return false
    }

    /// Sends one publish.
    ///
    /// - Returns: the error's name; nil where the answer was a success (RFC 9110, 15.3).
    private static func publish(_ options: PublishOptions, to url: TargetURL, with client: HTTPClient) -> String? {
        do {
            let answer = try client.exchange(
                method: options.method,
                url: url,
                headers: [HTTPField("Connection", "close")],
                body: Array(SendMoment.fill(options.body, with: MonotonicClock.now()).utf8),
                timeout: timeout
            )
            return (200..<300).contains(answer.status) ? nil : "HTTP_\(answer.status)"
        } catch {
            return error.name
        }
    }
}
