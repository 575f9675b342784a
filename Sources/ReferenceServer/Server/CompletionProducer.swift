import EventLoop
import Glibc
import Vocabulary

/// Produces the tokens of one completion, at their pace, for as long as its client is there.
///
/// Its timers keep it alive. They fire on the handler thread; a close comes from the socket thread.
final class CompletionProducer: Sendable {
    private struct State {
        var isOver = false
        var timer: (any InactivityTimer)?
    }

    private let response: any ServerResponse
    private let tokens: Int
    private let interval: Double
    private let timers: any InactivityTimers
    private let faults: Faults
    private let metrics: ServerMetrics
    private let text: CompletionText
    private let started = MonotonicClock.now()
    private let state = Locked(State())

    /// A producer.
    ///
    /// - Parameters:
    ///   - response: where the tokens are sent.
    ///   - tokens: how many there are.
    ///   - rate: how many there are per second.
    ///   - timers: the timers of the handler thread.
    init(
        _ response: any ServerResponse,
        tokens: Int,
        rate: Double,
        timers: any InactivityTimers,
        faults: Faults,
        metrics: ServerMetrics
    ) {
        self.response = response
        self.tokens = tokens
        interval = Double(Nanoseconds.perSecond) / rate
        self.timers = timers
        self.faults = faults
        self.metrics = metrics
        text = CompletionText(faults: faults)
    }

    /// Sends the head and the role, and begins.
    func start() {
        metrics.producers.add()
        if faults.stopsProducers { response.onClose { [weak self] in self?.finish() } }
        response.writeHead(status: 200, fields: faults.headFields)
        if send(text.role()) { wait(for: 0) }
    }

    private func wait(for next: Int) {
        let elapsed = MonotonicClock.now() - started
        let due = moment(of: next)
        let timer = timers.start(after: due - min(due, elapsed)) { self.produce(next) }
        let isOver = state.withLock { state in
            state.timer = state.isOver ? nil : timer
            return state.isOver
        }
        if isOver { timer.cancel() }
    }

    /// Sends the token that is due, and those that would have been by now.
    private func produce(_ first: Int) {
        let elapsed = MonotonicClock.now() - started
        var next = first
        repeat {
            guard !state.withLock({ $0.isOver }), send(text.token(next)) else { return }
            next += 1
        } while next < tokens && next - first < ReferenceServerLimits.tokensPerTurn && moment(of: next) <= elapsed
        if next < tokens { return wait(for: next) }
        if send(text.stop()), send(CompletionText.done) {
            response.end()
            finish()
        }
    }

    /// Sends a piece.
    ///
    /// - Returns: whether to go on.
    private func send(_ bytes: EventBytes) -> Bool {
        let isSent = response.write(bytes)
        guard isSent || !faults.stopsProducers else {
            finish()
            return false
        }
        return true
    }

    private func finish() {
        let (wasOver, timer) = state.withLock { state in
            defer { state = State(isOver: true, timer: nil) }
            return (state.isOver, state.timer)
        }
        timer?.cancel()
        if !wasOver { metrics.producers.add(-1) }
    }

    /// When a token is due, in ns after the start.
    private func moment(of token: Int) -> Nanoseconds { Nanoseconds(Double(token + 1) * interval) }
}

/// The events of one completion, in the streaming format of OpenAI's chat completions.
struct CompletionText {
    /// The tokens, again and again; one of them is no ASCII.
    private static let tokens = ["Water", " finds", " its", " own", " level", "…", " and", " leaks", " first", ".\\n"]

    /// What ends the stream.
    static let done = EventBytes(Array("data: [DONE]\n\n".utf8))

    private let id = ClientID()
    private let created = time(nil)
    private let faults: Faults

    init(faults: Faults) { self.faults = faults }

    /// The event before the first token: it names the role, and has no text.
    func role() -> EventBytes { chunk(delta: "{\"role\":\"assistant\",\"content\":\"\"}", reason: "null") }

    /// The event of a token, by its number from 0.
    func token(_ number: Int) -> EventBytes {
        chunk(delta: "{\"content\":\"\(Self.tokens[number % Self.tokens.count])\"}", reason: "null")
    }

    /// The event that tells why there are no more tokens.
    func stop() -> EventBytes { chunk(delta: "{}", reason: "\"stop\"") }

    private func chunk(delta: String, reason: String) -> EventBytes {
        let choice = "{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(reason)}"
        let names = "\"object\":\"chat.completion.chunk\",\"created\":\(created),\"model\":\"reference\""
        return .event(data: "{\"id\":\"chatcmpl-\(id)\",\(names),\"choices\":[\(choice)]}", faults: faults)
    }
}
