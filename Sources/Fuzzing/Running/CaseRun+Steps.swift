import EventLoop
import HTTP
import Probe
import Transport
import Vocabulary

extension CaseRun {
    /// Begins a step.
    ///
    /// - Returns: what it waits for, and how long, in ns; nil where it is done.
    func begin(_ step: Step) -> (Wait, Nanoseconds)? {
        switch step.action {
        case .connect(let channel, let stop): return connect(step.client, channel, stop)
        case .send(let bytes, let pieces): return send(bytes, pieces, step.client)
        case .inject(let bytes):
            if let link = links[step.client] { engine.inject(marker.fill(bytes, host: host(link)), into: link) }
            return nil
        case .expect(let awaited, let time): return expect(awaited, time, step.client)
        case .pause(let time): return (.time, time)
        case .stall:
            if let link = links[step.client] { link.isStalled = true }
            return nil
        case .drop(let manner):
            if let link = links[step.client] { engine.drop(link, manner) }
            return nil
        case .open(let opening): return open(opening, step.client)
        case .subscribe(let topics): return act(server.subscribe, topics, step.client)
        case .unsubscribe(let topics): return act(server.unsubscribe, topics, step.client)
        case .publish(let publication): return publish(publication)
        }
    }

    private func host(_ link: Link) -> String { server.plain?.host ?? server.secure?.host ?? "localhost" }

    private func connect(_ client: Int, _ channel: Channel, _ stop: Stage?) -> (Wait, Nanoseconds)? {
        leave(client)
        guard let destination = server.destination(channel),
            let link = open(destination, channel, stop: stop, isNarrow: test.stalls(client))
        else { return nil }
        // What a case sends by its bytes alone no topic is meant to answer.
        if server.choosesTopics { link.reader.allowed = topics[client] ?? [] }
        if stop != nil { link.isCut = true }
        links[client] = link
        return (.established(link), FuzzLimits.connectTime)
    }

    private func send(_ bytes: [UInt8], _ pieces: Int?, _ client: Int) -> (Wait, Nanoseconds)? {
        guard let link = links[client], !link.isOver else { return nil }
        link.output += marker.fill(bytes, host: host(link))
        link.reader.tell(request: link.output)
        link.pieces = pieces
        engine.flush(link)
        return link.hasSentAll || link.isOver ? nil : (.sent(link), FuzzLimits.sendTime)
    }

    private func expect(_ awaited: Awaited, _ time: Nanoseconds, _ client: Int) -> (Wait, Nanoseconds)? {
        guard let link = links[client], !link.isOver, time > 0 else { return nil }
        guard !link.has(awaited) else {
            link.take()
            return nil
        }
        return (.received(link, awaited), time)
    }

    private func open(_ opening: Opening, _ client: Int) -> (Wait, Nanoseconds)? {
        leave(client)
        guard let destination = server.destination(opening.channel) else { return nil }
        let channel = destination.tls == nil ? Channel.plain : .tls
        guard let link = open(destination, channel, isNarrow: test.stalls(client)) else { return nil }
        let names = opening.topics.map(marker.fill)
        topics[client, default: []].formUnion(names.map { Stamp(topic: $0) })
        if server.choosesTopics { link.reader.allowed = topics[client] }
        links[client] = link
        var subject = ActionRequest.Subject(topics: names)
        if let id = lastEventID(opening.resumption) { subject.fields = [HTTPField("Last-Event-ID", id)] }
        link.output = server.connect.bytes(subject, host: destination.host)
        return (.received(link, opening.until), FuzzLimits.actionTime)
    }

    private func lastEventID(_ resumption: Resumption?) -> String? {
        switch resumption {
        case nil: return nil
        case .canary: return canaryID
        case .text(let text): return marker.fill(text)
        case .client(let client):
            let ids = (earlierIDs[client] ?? []) + (links[client]?.reader.seen.ids ?? [])
            return ids.suffix(2).first
        }
    }

    /// A client gives up what it had before it connects anew.
    private func leave(_ client: Int) {
        guard let link = links[client] else { return }
        earlierIDs[client] = (earlierIDs[client] ?? []) + link.reader.seen.ids
        close(link)
    }

    private func act(_ request: ActionRequest?, _ topics: [String], _ client: Int) -> (Wait, Nanoseconds)? {
        guard let request else { return nil }
        let names = topics.map(marker.fill)
        self.topics[client, default: []].formUnion(names.map { Stamp(topic: $0) })
        if server.choosesTopics, let link = links[client] { link.reader.allowed = self.topics[client] }
        let subject = ActionRequest.Subject(id: identity(client), topics: names)
        return request.answer(subject, of: self)
    }

    /// What the server calls a client's stream; one that nobody has where it did not say.
    private func identity(_ client: Int) -> String {
        let data = links[client]?.reader.seen.firstData ?? []
        return JSONPointer(server.identity)?.text(in: data) ?? "0000000000000000"
    }

    private func publish(_ publication: Publication) -> (Wait, Nanoseconds)? {
        guard let request = server.publish, publication.times > 0 else { return nil }
        let topic = marker.fill(publication.topic)
        var filled = publication
        filled.text = marker.fill(publication.text)
        let subject = ActionRequest.Subject(topics: [topic], data: filled.data(stamp: Stamp(topic: topic)))
        return request.answer(subject, of: self, times: publication.times)
    }
}

extension ActionRequest {
    /// Sends the request for a case.
    fileprivate func answer(_ subject: Subject, of run: CaseRun, times: Int = 1) -> (CaseRun.Wait, Nanoseconds)? {
        let host = (destination ?? run.server.plain ?? run.server.secure)?.host ?? ""
        let bytes = bytes(subject, host: host)
        guard let link = run.connect(request: bytes, destination: destination) else { return nil }
        return (.answered(link, bytes: bytes, again: times - 1), FuzzLimits.actionTime)
    }
}
