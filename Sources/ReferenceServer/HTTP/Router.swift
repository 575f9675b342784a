import EventStream

/// Finds the answer to a request.
struct Router: Sendable {
    let registry: any ClientRegistry
    let metrics: ServerMetrics
    let faults: Faults
    let state: StateView

    init(registry: any ClientRegistry, metrics: ServerMetrics, faults: Faults) {
        (self.registry, self.metrics, self.faults) = (registry, metrics, faults)
        state = StateView(registry, metrics, faults)
    }

    /// The answer to a request.
    ///
    /// - Parameter connection: the number of the connection that it came on.
    func answer(_ head: HTTPRequestHead, body: [UInt8], on connection: Int = 0) -> Answer {
        guard let endpoint = Endpoint(rawValue: head.path) else {
            return .ordinary(.refusal(404, "there is nothing at this path"))
        }
        guard endpoint.methods.contains(head.method) else {
            let allowed = endpoint.methods.joined(separator: ", ")
            var response = OrdinaryResponse.refusal(405, "the methods of this path are \(allowed)")
            response.fields.append(HTTPField("Allow", allowed))
            return .ordinary(response)
        }
        do throws(BadQuery) {
            return try answer(endpoint, head, body, connection)
        } catch {
            return .ordinary(.badRequest(error.reason))
        }
    }

    private func answer(
        _ endpoint: Endpoint,
        _ head: HTTPRequestHead,
        _ body: [UInt8],
        _ connection: Int
    ) throws(BadQuery) -> Answer {
        if head.method == "OPTIONS" { return .ordinary(.options(endpoint.methods)) }
        let query = Query(head.queryItems)
        switch endpoint {
        case .events:
            let lastEventID = head.fields.value(of: "last-event-id") ?? query.lastEventID
            let stream = EventStreamRequest(topics: try query.topics(), lastEventID: lastEventID)
            return head.method == "HEAD" ? .ordinary(.eventStreamHead(faults.headFields)) : .eventStream(stream)
        case .subscribe:
            let (id, topics) = (try query.client(), try query.topics(atLeast: 1))
            return .ordinary(change { () throws(RegistryError) in try registry.subscribe(id, to: topics) })
        case .unsubscribe:
            let (id, topics) = (try query.client(), try query.topics(atLeast: 1))
            return .ordinary(change { () throws(RegistryError) in try registry.unsubscribe(id, from: topics) })
        case .broadcast:
            let topic = try query.topic()
            guard let data = String(validating: body, as: UTF8.self) else {
                throw BadQuery(reason: "the body is not UTF-8")
            }
            return .broadcast(topic: topic, data: data)
        case .completions: return .completion
        case .state: return .ordinary(.json(StateText.json(state.snapshot(for: connection))))
        case .metrics:
            let text = StateText.prometheus(state.snapshot(for: connection), metrics)
            return .ordinary(.text(text, contentType: "text/plain; version=0.0.4; charset=utf-8"))
        case .health: return .ordinary(.text("ok\n"))
        }
    }

    private func change(_ change: () throws(RegistryError) -> Void) -> OrdinaryResponse {
        do throws(RegistryError) {
            try change()
            return .noContent
        } catch {
            switch error {
            case .unknownClient: return .refusal(404, "no client has this id")
            case .topicLimit:
                return .badRequest("a client may have \(ClientRegistryLimits.topicsPerClient) topics")
            }
        }
    }
}
