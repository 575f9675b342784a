import EventLoop
import HTTP
import Logging
import Synchronization

/// Executes requests; a thread of its own, so that a close can land between the steps of a registration.
final class HandlerThread: @unchecked Sendable {
    private let parts: ServerParts
    private let router: Router
    private var waiting: [ServerRequest] = []
    private var next = 0
    private let isStopping = Atomic<Bool>(false)

    init(_ parts: ServerParts) {
        self.parts = parts
        router = Router(registry: parts.registry, metrics: parts.metrics, faults: parts.faults)
    }

    /// Asks the thread to end; from any thread.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        parts.handlerLoop.wake()
    }

    /// Serves until ``stop()``.
    func run() {
        while !isStopping.load(ordering: .acquiring) {
            do {
                try parts.handlerLoop.turn { occurrence in
                    parts.pause.follow()
                    if case .expired(let timer, _) = occurrence { parts.timers.expired(timer) }
                }
            } catch {
                parts.logger.critical("the server stops: it cannot wait for requests", metadata: ["error": "\(error)"])
                break
            }
            handleRequests()
            parts.outbox.flush()
        }
        parts.timers.removeAll()
    }

    /// Stops where the socket thread has fallen behind; it wakes this one when it has caught up.
    private func handleRequests() {
        repeat {
            while next < waiting.count {
                if parts.outbox.isFull { return }
                handle(waiting[next])
                next += 1
            }
            waiting.removeAll(keepingCapacity: true)
            next = 0
            parts.requests.take(into: &waiting)
        } while !waiting.isEmpty
    }

    func handle(_ request: ServerRequest) {
        let endpoint = Endpoint(rawValue: request.head.path)
        guard !parts.faults.mustWait(endpoint, streams: parts.metrics.slots.value) else {
            return handleLater(request, on: parts.timers)
        }
        switch router.answer(request.head, body: request.body, on: request.connection) {
        case .ordinary(let response): respond(response, to: request)
        case .eventStream(let stream): open(stream, for: request)
        case .completion: complete(request)
        case .broadcast(let topic, let data):
            parts.registry.broadcast(topic: topic, data: data) { [weak self] reached in
                self?.respond(.json("{\"reached\":\(reached)}"), to: request)
            }
        }
    }

    private func respond(_ response: OrdinaryResponse, to request: ServerRequest) {
        let bytes = response.bytes(toHead: request.head.method == "HEAD", keepAlive: request.keepAlive)
        parts.outbox.send(.respond(request.token, bytes, keepAlive: request.keepAlive))
    }

    private func open(_ stream: EventStreamRequest, for request: ServerRequest) {
        guard let slot = parts.slots.take() else { return respond(.tooManyStreams, to: request) }
        let isTied = parts.faults.tiesSlotsToConnections
        parts.metrics.opened.add()
        if isTied { request.response.hold(slot) }
        let (registry, outbox, faults, timers) = (parts.registry, parts.outbox, parts.faults, parts.timers)
        registry.register(request.response, for: stream) { [unowned registry] id in
            if !isTied { request.response.hold(slot) }
            faults.takeUp(stream) { [weak timers] subscription in
                timers?.run(after: Faults.subscriptionPause, subscription)
            } replay: {
                registry.replay(to: id, for: stream)
            } subscribe: {
                // A client that has gone in the meantime is unknown here, unless the registry has leaked it.
                try? registry.subscribe(id, to: stream.topics)
            }
            outbox.send(.registered(request.token, id))
        }
    }

    private func complete(_ request: ServerRequest) {
        guard let slot = parts.slots.take() else { return respond(.tooManyStreams, to: request) }
        request.response.hold(slot)
        CompletionProducer(
            request.response,
            tokens: parts.options.tokens,
            rate: parts.options.tokenRate,
            timers: parts.timers,
            faults: parts.faults,
            metrics: parts.metrics
        ).start()
    }
}
