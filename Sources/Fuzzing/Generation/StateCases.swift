import Vocabulary

/// Makes cases of what clients of a registry do: connect, subscribe, publish, reconnect, drop.
struct StateCases {
    private let channels: [Channel]
    private let canPublish: Bool
    private let canSubscribe: Bool

    init(_ server: FuzzServer) {
        channels = server.channels
        canPublish = server.publish != nil
        canSubscribe = server.subscribe != nil
    }

    /// One case: a walk through the states of one to three clients.
    func make(_ random: inout SplitMix64) -> FuzzCase {
        if canPublish, random.chance(2) { return FuzzCase(.state, steps: flood(&random)) }
        let order = random.chance(65) ? CaseOrder.sequence : .race
        var model = StateModel(clients: random.number(in: 1...3), topics: topics(&random))
        var steps: [Step] = []
        for _ in 0..<random.number(in: 2...9) {
            let step = next(model, &random)
            model.note(step)
            steps.append(step)
            if order == .race, random.chance(50) {
                steps.append(Step(step.client, .pause(random.delay(upTo: 3 * .perMillisecond))))
            }
        }
        return FuzzCase(.state, order: order, steps: steps)
    }

    private func topics(_ random: inout SplitMix64) -> [String] {
        (0..<random.number(in: 1...3)).map { number in
            let name = "\(Marker.placeholder)-\(number)"
            switch random.number(in: 0...9) {
            case 0: return name + "%C3%A9%E2%82%AC%F0%9F%98%80"
            case 1: return name + Injection.encoded(&random)
            case 2:
                return name
                    + random.pick([
                        "%00", "%20a", "+", "%25", "%22", "%3C%3E", "%5B%5D", "*", "#".replacing("#", with: "%23"),
                    ])
            case 3: return name + String(repeating: "t", count: random.number(in: 1...230))
            default: return name
            }
        }
    }

    private func next(_ model: StateModel, _ random: inout SplitMix64) -> Step {
        let open = model.open
        guard !open.isEmpty, !random.chance(30) else {
            return self.open(random.number(in: 0...model.clients.count - 1), model, &random)
        }
        let client = random.pick(open)
        let action = random.pick(weighted: [
            (canPublish ? 5 : 0, "publish"), (canSubscribe ? 2 : 0, "subscribe"), (canSubscribe ? 2 : 0, "unsubscribe"),
            (5, "drop"), (1, "pause"),
        ])
        switch action {
        case "publish": return publish(client, model, &random)
        case "subscribe": return Step(client, .subscribe([random.pick(model.topics)]))
        case "unsubscribe": return Step(client, .unsubscribe([random.pick(model.topics)]))
        case "pause": return Step(client, .pause(random.delay(upTo: 5 * .perMillisecond)))
        default:
            let manners: [Manner] = [.fin, .rst, .rst, .halfClose, .closeNotify, .alert]
            return Step(client, .drop(random.pick(manners)))
        }
    }

    private func open(_ client: Int, _ model: StateModel, _ random: inout SplitMix64) -> Step {
        var opening = Opening()
        opening.topics = model.topics.filter { _ in random.chance(60) }
        opening.channel = channels.count > 1 && !random.chance(5) ? .plain : random.pick(channels)
        opening.until = random.pick(weighted: [(2, .sent), (1, .head), (5, .event)])
        opening.resumption = random.pick(weighted: [
            (10, nil), (3, .canary), (4, .client(random.number(in: 0...model.clients.count - 1))),
            (3, .text(id(&random))),
        ])
        return Step(client, .open(opening))
    }

    private func id(_ random: inout SplitMix64) -> String {
        random.pick([
            "", "0", "1", "-1", "18446744073709551615", "18446744073709551616", "é€\u{1F600}", Marker.placeholder, "1 ",
            "0001",
            String(repeating: "1", count: random.number(in: 1...2_000)), "1,2", "\u{1}", "null",
        ])
    }

    private func publish(_ client: Int, _ model: StateModel, _ random: inout SplitMix64) -> Step {
        let heard = model.heard
        var publication = Publication(topic: random.pick(heard.isEmpty ? model.topics : heard))
        switch random.number(in: 0...9) {
        case 0...2:
            publication.text = random.pick([" é", " €uro", " \u{1F600}\u{1F468}\u{200D}\u{1F469}", " \u{FEFF}\u{2028}"])
        case 3, 4: publication.text = Injection.plain(&random)
        case 5: publication.text = random.pick(["\n", "\r", "\r\n\r\n", "\n\n\n:", "\n \n", "\0"])
        case 6: publication.size = random.number(in: 100...60_000)
        default: break
        }
        if random.chance(15) { publication.times = random.number(in: 2...5) }
        return Step(client, .publish(publication))
    }

    /// A reader that stalls, and more for it than the kernels hold.
    private func flood(_ random: inout SplitMix64) -> [Step] {
        let topic = "\(Marker.placeholder)-0"
        var opening = Opening(topics: [topic])
        opening.channel = random.pick(channels)
        var steps = [Step(0, .open(opening)), Step(0, .stall)]
        if random.chance(30) { steps.append(Step(1, .open(Opening(topics: [topic], channel: channels[0])))) }
        let publication = Publication(topic: topic, size: random.number(in: 30_000...60_000), times: 40)
        return steps + [Step(random.chance(50) ? 0 : 1, .publish(publication))]
    }
}

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
