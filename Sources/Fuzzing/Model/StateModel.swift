import Vocabulary

/// A model of a registry: what its clients have, so that the next action makes sense, or just does not.
struct StateModel {
    /// One client, as far as the model knows.
    struct Client {
        var isOpen = false
        var hasStalled = false
        var topics: [String] = []
    }

    private(set) var clients: [Client]
    /// The topics of the case; each holds the marker, so that no other case has it.
    let topics: [String]

    init(clients: Int, topics: [String]) {
        self.clients = [Client](repeating: Client(), count: clients)
        self.topics = topics
    }

    /// Clients that have a stream which is read.
    var open: [Int] { clients.indices.filter { clients[$0].isOpen && !clients[$0].hasStalled } }

    /// Topics that somebody listens to.
    var heard: [String] { topics.filter { topic in clients.contains { $0.isOpen && $0.topics.contains(topic) } } }

    /// Notes what a step does.
    mutating func note(_ step: Step) {
        switch step.action {
        case .open(let opening): clients[step.client] = Client(isOpen: true, topics: opening.topics)
        case .subscribe(let topics): clients[step.client].topics += topics
        case .unsubscribe(let topics): clients[step.client].topics.removeAll(where: topics.contains)
        case .drop(.stall), .stall: clients[step.client].hasStalled = true
        case .drop: clients[step.client].isOpen = false
        case .connect, .send, .inject, .expect, .pause, .publish: break
        }
    }
}
