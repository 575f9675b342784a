import EventLoop
import EventStream
import Vocabulary

/// Streams of our own on a topic of their own, which nothing that the cases do may touch.
final class CanaryWatch: LinkOwner {
    private let engine: Engine
    private let server: FuzzServer
    private let topic: String
    private let stamp: Stamp
    private var canaries: [Canary] = []
    private var publishers: [(link: Link, number: Int)] = []
    private let timer: Int
    private var isPublishing = false
    /// The number of the last event.
    private var published = 0
    /// When each of the latest was sent, in ns of the realtime clock.
    private var sentAt: [Int: Nanoseconds] = [:]
    private var problems: [Problem] = []
    /// The longest time between two heartbeats of a canary that was learned, in ns; nil where there are none.
    private(set) var heartbeat: Nanoseconds?
    /// The longest time between two heartbeats of a canary so far, in ns; nil where there were none.
    var rhythm: Nanoseconds?
    private var isLearning = false
    /// The longest time of an event to a canary since the last look, in ns.
    private(set) var latency: Nanoseconds = 0

    /// Canaries that are not open yet.
    ///
    /// - Parameter heartbeat: what was learned before, in ns.
    init(engine: Engine, server: FuzzServer, marker: Marker, heartbeat: Nanoseconds? = nil) {
        (self.engine, self.server, self.heartbeat) = (engine, server, heartbeat)
        topic = "canary-\(marker.text)"
        stamp = Stamp(topic: topic)
        timer = engine.makeTimer()
    }

    /// The last event ID but one that a canary was sent; nil before.
    var lastID: String? { canaries.first?.link?.reader.seen.ids.suffix(2).first }

    /// Whether a stream has ended, as all do when the server dies.
    var haveEnded: Bool { canaries.contains { $0.link?.isOver != false } }

    /// Opens the streams.
    ///
    /// - Returns: whether all stand.
    func open() throws(FuzzError) -> Bool {
        close()
        for channel in server.channels {
            for _ in 0..<FuzzLimits.canaries { canaries.append(Canary(channel)) }
        }
        for canary in canaries { open(canary) }
        let deadline = MonotonicClock.now() + FuzzLimits.healthTime
        try turn(until: deadline) { canaries.allSatisfy { $0.isStanding || $0.link == nil } }
        guard canaries.allSatisfy(\.isStanding) else { return false }
        startPublishing()
        return true
    }

    private func open(_ canary: Canary) {
        guard let destination = server.destination(canary.channel),
            let link = try? engine.connect(to: destination, canary.channel, owner: self)
        else { return canary.link = nil }
        if server.choosesTopics { link.reader.allowed = [stamp] }
        link.reader.onEvent = { [weak self, weak canary, weak link] data, _ in
            guard let self, let canary, let link else { return }
            self.received(data, on: link, by: canary)
        }
        link.reader.onComment = { [weak self, weak canary, weak link] in
            guard let self, let canary, let link else { return }
            self.beat(link, canary)
        }
        link.output = server.connect.bytes(ActionRequest.Subject(topics: [topic]), host: destination.host)
        canary.begin(link)
    }

    /// Learns how often heartbeats come.
    func learn() throws(FuzzError) {
        isLearning = true
        try turn(until: MonotonicClock.now() + FuzzLimits.learningTime) { false }
        isLearning = false
        heartbeat = canaries.compactMap { $0.beats >= 2 ? $0.longestGap : nil }.max()
    }

    /// Gives up the streams.
    func close() {
        engine.cancelTimer(timer)
        isPublishing = false
        for canary in canaries {
            if let link = canary.link { engine.drop(link, .fin) }
            canary.link = nil
        }
        for publisher in publishers { engine.drop(publisher.link, .fin) }
        canaries = []
        publishers = []
        problems = []
    }

    // MARK: Events

    private func startPublishing() {
        guard server.publish != nil else { return }
        isPublishing = true
        tick()
    }

    private func tick() {
        guard isPublishing else { return }
        publish()
        engine.setTimer(timer, after: FuzzLimits.canaryPeriod) { [weak self] in self?.tick() }
    }

    private func publish() {
        guard let request = server.publish,
            let destination = request.destination ?? server.plain ?? server.secure,
            let link = try? engine.connect(to: destination, destination.tls == nil ? .plain : .tls, owner: self)
        else { return }
        published += 1
        let data = stamp.bytes + Array(" \(published)".utf8)
        link.output = request.bytes(ActionRequest.Subject(topics: [topic], data: data), host: destination.host)
        publishers.append((link, published))
    }

    func changed(_ link: Link) {
        if let canary = canaries.first(where: { $0.link === link }) {
            if canary.owedAfter == nil, link.reader.isStreaming { canary.owedAfter = published }
            return
        }
        guard let index = publishers.firstIndex(where: { $0.link === link }) else { return }
        let number = publishers[index].number
        if link.hasSentAll, sentAt[number] == nil { sentAt[number] = link.lastSent }
        guard link.isOver || link.reader.seen.answers > 0 else { return }
        // An event whose publishing failed need not come.
        if link.reader.seen.statuses.last.map({ !(200..<300).contains($0) }) ?? true {
            for canary in canaries { canary.excused.insert(number) }
        }
        publishers.remove(at: index)
        engine.drop(link, .fin)
    }

    private func received(_ data: UnsafeRawBufferPointer, on link: Link, by canary: Canary) {
        guard Stamp.find(in: data) == stamp, let number = Self.number(in: data) else { return }
        if number <= canary.last {
            problems.append(
                Problem(ProblemName.canaryRepeatedEvent, "event \(number) came after event \(canary.last)")
            )
        } else if let missing = canary.firstMissing(before: number) {
            problems.append(
                Problem(ProblemName.canaryLostEvent, "event \(missing) never came, though event \(number) did")
            )
        }
        canary.last = max(canary.last, number)
        canary.excused = canary.excused.filter { $0 > canary.last }
        if let sent = sentAt[number], link.lastReceived > sent { latency = max(latency, link.lastReceived - sent) }
    }

    private static func number(in data: UnsafeRawBufferPointer) -> Int? {
        Int(UTF8Text.decode(data).split(separator: " ").last ?? "")
    }

    private func beat(_ link: Link, _ canary: Canary) {
        if canary.beats > 0, link.lastReceived > canary.lastBeat {
            let gap = link.lastReceived - canary.lastBeat
            rhythm = max(rhythm ?? 0, gap)
            if isLearning { canary.longestGap = max(canary.longestGap, gap) }
        }
        canary.lastBeat = link.lastReceived
        canary.beats += 1
    }

    // MARK: Judgement

    /// Publishes once more, waits for it everywhere, and says what is wrong; canaries that have ended are opened again.
    func check() throws(FuzzError) -> [Problem] {
        if server.publish != nil {
            publish()
            let target = published
            let deadline = MonotonicClock.now() + FuzzLimits.canaryLatency
            try turn(until: deadline) {
                canaries.allSatisfy { $0.link?.isOver != false || $0.firstMissing(before: target + 1) == nil }
            }
            for canary in canaries where canary.link?.isOver == false {
                guard let missing = canary.firstMissing(before: target + 1) else { continue }
                let wait = DurationText.format(FuzzLimits.canaryLatency)
                problems.append(
                    Problem(ProblemName.canaryLostEvent, "event \(missing) had not come after \(wait)")
                )
                canary.owedAfter = target
            }
        } else {
            try turn(until: MonotonicClock.now()) { false }
        }
        judge()
        sentAt = sentAt.filter { $0.key > published - FuzzLimits.keptIDs }
        defer { problems = [] }
        let ended = canaries.filter { $0.link?.isOver != false }
        for canary in ended { open(canary) }
        if !ended.isEmpty {
            try turn(until: MonotonicClock.now() + FuzzLimits.healthTime) {
                ended.allSatisfy { $0.isStanding || $0.link?.isOver != false }
            }
        }
        return problems
    }

    private func judge() {
        if latency > FuzzLimits.canaryLatency {
            problems.append(
                Problem(ProblemName.canaryLate, "an event took \(DurationText.format(latency)) to a canary")
            )
        }
        latency = 0
        for canary in canaries {
            guard let link = canary.link else { continue }
            for problem in CaseOracle.problems(in: CaseOutcome(index: 0, observations: [link.reader.seen])) {
                problems.append(Problem(problem.key.id, "a canary: " + (problem.evidence.first ?? "")))
            }
            if link.isOver {
                let end = link.reader.seen.end ?? EndName.end
                problems.append(Problem(ProblemName.canaryEnded, "a canary's stream ended: \(end)"))
            } else if let heartbeat, canary.beats > 0 {
                judgeSilence(RealtimeClock.now() - min(canary.lastBeat, RealtimeClock.now()), heartbeat)
            }
        }
    }

    private func judgeSilence(_ silence: Nanoseconds, _ heartbeat: Nanoseconds) {
        guard silence > 3 * heartbeat + FuzzLimits.canaryLatency else { return }
        problems.append(
            Problem(
                ProblemName.canarySilent,
                "no heartbeat came for \(DurationText.format(silence)), where one came at least every "
                    + DurationText.format(heartbeat)
            )
        )
    }

    private func turn(until deadline: Nanoseconds, _ isDone: () -> Bool) throws(FuzzError) {
        repeat {
            do { try engine.turn(until: deadline) } catch { throw .machine("\(error)") }
        } while !isDone() && MonotonicClock.now() < deadline
    }
}

/// One stream of our own, on a topic of its own.
final class Canary {
    let channel: Channel
    var link: Link?
    /// The number of the last event that has come on its present connection.
    var last = 0
    /// The number of the last event that was published before its stream stood, and need not come; nil until it stands.
    var owedAfter: Int?
    /// Events that need not come.
    var excused: Set<Int> = []
    /// Heartbeats so far.
    var beats = 0
    /// When the last one came, in ns of the realtime clock.
    var lastBeat: Nanoseconds = 0
    /// The longest time between two of them, in ns.
    var longestGap: Nanoseconds = 0

    init(_ channel: Channel) { self.channel = channel }

    /// Takes up a new connection.
    func begin(_ link: Link) {
        self.link = link
        last = 0
        owedAfter = nil
        excused = []
        beats = 0
        longestGap = 0
    }

    /// Whether its stream stands: the head has come and, where there is one, a first event.
    var isStanding: Bool {
        guard let link, !link.isOver else { return false }
        return link.reader.isStreaming
    }

    /// The first event that had to come before a number and did not; nil where all came.
    func firstMissing(before number: Int) -> Int? {
        guard let owedAfter else { return nil }
        let from = max(last, owedAfter) + 1
        return from < number ? (from..<number).first { !excused.contains($0) } : nil
    }
}
