import HTTP

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

/// What the server can be asked for, by path.
enum Endpoint: String, CaseIterable, Sendable {
    case events = "/events"
    case subscribe = "/subscribe"
    case unsubscribe = "/unsubscribe"
    case broadcast = "/broadcast"
    case completions = "/v1/chat/completions"
    case state = "/debug/state"
    case metrics = "/metrics"
    case health = "/healthz"

    /// The methods it answers.
    var methods: [String] {
        switch self {
        case .events: ["GET", "HEAD", "OPTIONS"]
        case .state, .metrics, .health: ["GET", "HEAD"]
        case .subscribe, .unsubscribe, .broadcast, .completions: ["POST"]
        }
    }
}

/// What a request comes to.
enum Answer: Equatable, Sendable {
    /// A response of known length.
    case ordinary(OrdinaryResponse)
    /// An event stream.
    case eventStream(EventStreamRequest)
    /// The stream of a completion's tokens.
    case completion
    /// A broadcast, and how many clients it was sent to.
    case broadcast(topic: String, data: String)
}

/// The query of a request, by the names that the endpoints know.
struct Query {
    private let items: [QueryItem]

    init(_ items: [QueryItem]) { self.items = items }

    /// The client of `id`.
    func client() throws(BadQuery) -> ClientID {
        guard let id = ClientID(try value(of: "id")) else {
            throw BadQuery(reason: "the query's \"id\" is not 16 lower-case hexadecimal digits")
        }
        return id
    }

    /// The one topic of `topic`.
    func topic() throws(BadQuery) -> String {
        let topic = try value(of: "topic")
        guard !topic.isEmpty else { throw BadQuery(reason: "the query's \"topic\" is empty") }
        try check(topic)
        return topic
    }

    /// The topics of `topics`, set apart by commas; empty names are passed over, and each counts once.
    func topics(atLeast least: Int = 0) throws(BadQuery) -> [String] {
        let text = items.first { $0.name == "topics" }?.value ?? ""
        var topics: [String] = []
        for topic in text.split(separator: ",").map(String.init) where !topics.contains(topic) {
            try check(topic)
            topics.append(topic)
            guard topics.count <= ClientRegistryLimits.topicsPerClient else {
                throw BadQuery(reason: "the query names more than \(ClientRegistryLimits.topicsPerClient) topics")
            }
        }
        guard topics.count >= least else { throw BadQuery(reason: "the query's \"topics\" names no topic") }
        return topics
    }

    /// The ID of the last event seen, which a script's first request cannot send as a header field.
    var lastEventID: String? { items.first { $0.name == "lastEventId" }?.value }

    private func value(of name: String) throws(BadQuery) -> String {
        guard let item = items.first(where: { $0.name == name }) else {
            throw BadQuery(reason: "the query lacks \"\(name)\"")
        }
        return item.value
    }

    private func check(_ topic: String) throws(BadQuery) {
        guard topic.utf8.count <= ClientRegistryLimits.topicBytes else {
            throw BadQuery(reason: "a topic is longer than \(ClientRegistryLimits.topicBytes) bytes")
        }
    }
}

/// What is wrong with a request's query or body, in words for its sender.
struct BadQuery: Error {
    let reason: String
}
