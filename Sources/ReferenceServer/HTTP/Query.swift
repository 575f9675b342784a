import EventStream

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
