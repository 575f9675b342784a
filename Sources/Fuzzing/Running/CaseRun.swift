import EventLoop
import Transport
import Vocabulary

/// A case that is being carried out.
final class CaseRun: LinkOwner {
    /// Steps that are carried out one after the other.
    final class Track {
        let steps: [Step]
        var next = 0
        var wait: Wait?
        let timer: Int

        init(_ steps: [Step], timer: Int) { (self.steps, self.timer) = (steps, timer) }
    }

    /// What a track waits for.
    enum Wait {
        /// Its timer only.
        case time
        /// That a link is established.
        case established(Link)
        /// That a link has sent everything.
        case sent(Link)
        /// That something has come on a link beside what had been waited for already.
        case received(Link, Awaited)
        /// The answer to a request of an action, with how often it is still to be sent.
        case answered(Link, bytes: [UInt8], again: Int)
    }

    let engine: Engine
    let server: FuzzServer
    let marker: Marker
    let test: FuzzCase
    /// The last event ID but one that the canaries were sent.
    let canaryID: String?
    private(set) var outcome: CaseOutcome
    private let startedAt = MonotonicClock.now()
    private let done: (CaseRun) -> Void
    private var tracks: [Track] = []
    private var tracksLeft = 0
    /// The stream or connection of each client.
    var links: [Int: Link] = [:]
    /// Every connection, in the order of opening.
    private(set) var opened: [Link] = []
    /// Topics that each client has ever asked for.
    var topics: [Int: Set<Stamp>] = [:]
    /// What each client was sent before its present connection.
    var earlierIDs: [Int: [String]] = [:]
    private let endTimer: Int
    private var isEnding = false
    private var endsAt: Nanoseconds = 0
    private(set) var isOver = false

    init(
        _ test: FuzzCase,
        index: Int,
        marker: Marker,
        engine: Engine,
        server: FuzzServer,
        canaryID: String?,
        done: @escaping (CaseRun) -> Void
    ) {
        (self.test, self.marker, self.engine, self.server) = (test, marker, engine, server)
        (self.canaryID, self.done) = (canaryID, done)
        outcome = CaseOutcome(index: index)
        endTimer = engine.makeTimer()
    }

    /// Begins.
    func start() {
        switch test.order {
        case .sequence: tracks = [Track(test.steps, timer: engine.makeTimer())]
        case .race:
            tracks = test.clients.map { client in
                Track(test.steps.filter { $0.client == client }, timer: engine.makeTimer())
            }
        }
        tracksLeft = tracks.count
        if tracks.isEmpty { return finish() }
        for track in tracks { advance(track) }
    }

    /// Carries out steps as far as they go.
    private func advance(_ track: Track) {
        while !isOver, track.next < track.steps.count {
            let step = track.steps[track.next]
            if let (wait, time) = begin(step) {
                track.wait = wait
                engine.setTimer(track.timer, after: time) { [weak self] in self?.expired(track) }
                return
            }
            track.next += 1
        }
        guard !isOver else { return }
        tracksLeft -= 1
        if tracksLeft == 0 { wrapUp() }
    }

    private func expired(_ track: Track) {
        track.wait = nil
        track.next += 1
        advance(track)
    }

    /// Looks whether tracks can go on.
    func changed(_ link: Link) {
        guard !isOver else { return }
        if isEnding { return lookForEnd(link) }
        for track in tracks {
            guard let wait = track.wait, isOver(wait, link) else { continue }
            if case .answered(let link, let bytes, let again) = wait, again > 0 {
                repeatRequest(link, bytes, again, track)
                continue
            }
            if case .received(let link, _) = wait { link.take() }
            engine.cancelTimer(track.timer)
            track.wait = nil
            track.next += 1
            advance(track)
            if isOver { return }
        }
    }

    private func isOver(_ wait: Wait, _ changed: Link) -> Bool {
        switch wait {
        case .time: return false
        case .established(let link): return link.isReady
        case .sent(let link): return link.hasSentAll || link.isOver
        case .received(let link, let awaited): return link.isOver || (link.hasSentAll && link.has(awaited))
        case .answered(let link, _, _):
            return link.isOver || (link.hasSentAll && link.reader.seen.answers > 0)
        }
    }

    private func repeatRequest(_ link: Link, _ bytes: [UInt8], _ again: Int, _ track: Track) {
        close(link)
        guard let next = connect(request: bytes, destination: server.publish?.destination) else {
            return expired(track)
        }
        track.wait = .answered(next, bytes: bytes, again: again - 1)
        engine.setTimer(track.timer, after: FuzzLimits.actionTime) { [weak self] in self?.expired(track) }
    }

    /// Opens a connection of a client or of an action.
    func open(
        _ destination: Destination,
        _ channel: Channel,
        stop: Stage? = nil,
        isNarrow: Bool = false
    ) -> Link? {
        do {
            let link = try engine.connect(
                to: destination,
                channel,
                stop: stop,
                isNarrow: isNarrow,
                owner: self
            )
            link.reader.forged = marker.forged
            opened.append(link)
            return link
        } catch {
            outcome.failures.append(error.name)
            return nil
        }
    }

    /// Sends a request of an action over a connection of its own.
    func connect(request bytes: [UInt8], destination: Destination?) -> Link? {
        guard let destination = destination ?? server.plain ?? server.secure else { return nil }
        guard let link = open(destination, destination.tls == nil ? .plain : .tls) else { return nil }
        link.output = bytes
        return link
    }

    /// Closes a connection that has served its end.
    func close(_ link: Link) { engine.drop(link, .fin) }

    // MARK: The end

    /// Every step has been taken: streams are read for what is still to come, those that had stalled for all of it.
    private func wrapUp() {
        isEnding = true
        var lingers = false
        var drains = false
        for link in opened where !link.isOver {
            if link.isStalled {
                drains = true
                engine.resume(link)
            } else if link.reader.isStreaming {
                lingers = true
            }
        }
        guard lingers || drains else { return finish() }
        let time = drains ? FuzzLimits.longestDrain : FuzzLimits.longestLinger
        endsAt = MonotonicClock.now() + time
        waitForEnd()
    }

    private func waitForEnd() {
        let drains = opened.contains { $0.hasStalled && !$0.isOver }
        let quiet = drains ? FuzzLimits.drainTime : FuzzLimits.lingerTime
        let now = MonotonicClock.now()
        guard now < endsAt else { return finish() }
        engine.setTimer(endTimer, after: min(quiet, endsAt - now)) { [weak self] in self?.finish() }
    }

    private func lookForEnd(_ link: Link) {
        if opened.contains(where: { !$0.isOver && ($0.hasStalled || $0.reader.isStreaming) }) {
            waitForEnd()
        } else {
            finish()
        }
    }

    /// Ends the case because its batch takes too long.
    func cutShort() {
        outcome.isCutShort = true
        finish()
    }

    private func finish() {
        guard !isOver else { return }
        isOver = true
        for link in opened { close(link) }
        for track in tracks { engine.giveBack(timer: track.timer) }
        engine.giveBack(timer: endTimer)
        outcome.observations = opened.map(\.reader.seen)
        outcome.duration = MonotonicClock.now() - startedAt
        done(self)
    }
}
