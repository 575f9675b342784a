import Vocabulary

extension Action {
    /// Actions that do less, the least first; each of them has simpler ones only of its own, so that this ends.
    var simpler: [Action] {
        switch self {
        case .connect(let channel, let stop):
            return channel == .tls && stop == nil ? [.connect(.plain)] : []
        case .send(let bytes, let pieces):
            let whole: [Action] = pieces == nil ? [] : [.send(bytes)]
            return whole + Self.shorter(bytes).map { .send($0, pieces: pieces) }
        case .inject(let bytes): return Self.shorter(bytes).map { .inject($0) }
        case .expect(let awaited, let time): return time > .perMillisecond ? [.expect(awaited, time / 4)] : []
        case .pause(let time):
            let shorter = time / 4 / .perMicrosecond * .perMicrosecond
            return shorter > 0 ? [.pause(shorter)] : []
        case .open(let opening): return opening.simpler.map { .open($0) }
        case .publish(let publication): return publication.simpler.map { .publish($0) }
        case .subscribe(let topics): return Self.fewer(topics).map { .subscribe($0) }
        case .unsubscribe(let topics): return Self.fewer(topics).map { .unsubscribe($0) }
        case .drop(let manner): return manner == .closeNotify || manner == .alert ? [.drop(.fin)] : []
        case .stall: return []
        }
    }

    /// The bytes without a piece of them: large pieces first.
    static func shorter(_ bytes: [UInt8]) -> [[UInt8]] {
        var results: [[UInt8]] = []
        var size = bytes.count / 2
        while size >= 1, bytes.count / size <= 16 || bytes.count <= 16 {
            for start in stride(from: 0, to: bytes.count, by: size) {
                results.append(Array(bytes[..<start] + bytes[min(bytes.count, start + size)...]))
            }
            size /= 2
        }
        return results
    }

    static func fewer(_ topics: [String]) -> [[String]] {
        topics.count < 2
            ? [] : topics.indices.map { index in topics.enumerated().filter { $0.offset != index }.map(\.element) }
    }
}

extension Opening {
    /// Openings that ask for less.
    var simpler: [Opening] {
        var results: [Opening] = []
        func add(_ change: (inout Opening) -> Void) {
            var opening = self
            change(&opening)
            if opening != self { results.append(opening) }
        }
        add { $0.topics = [] }
        for topics in Action.fewer(topics) { add { $0.topics = topics } }
        add { $0.resumption = nil }
        if case .text(let text)? = resumption, text.count > 1 {
            add { $0.resumption = .text(String(text.prefix(text.count / 2))) }
        }
        add { $0.channel = .plain }
        if until == .head { add { $0.until = .event } }
        return results
    }
}

extension Publication {
    /// Publications of less.
    var simpler: [Publication] {
        var results: [Publication] = []
        func add(_ change: (inout Publication) -> Void) {
            var publication = self
            change(&publication)
            if publication != self { results.append(publication) }
        }
        add { $0.times = 1 }
        add { $0.times = max(1, times / 2) }
        add { $0.size = 0 }
        add { $0.size /= 2 }
        add { $0.text = "" }
        if text.count > 1 {
            add { $0.text = String(text.suffix(text.count - text.count / 2)) }
            add { $0.text = String(text.prefix(text.count - text.count / 2)) }
        }
        return results
    }
}

extension FuzzCase {
    /// Cases with one of the topics shorter, wherever it is named.
    var withSimplerTopics: [FuzzCase] {
        var names: [String] = []
        for step in steps { names += step.action.topics.filter { !names.contains($0) } }
        return names.flatMap { name in
            Self.simpler(name).map { shorter in
                var test = self
                for index in test.steps.indices { test.steps[index].action.rename(name, to: shorter) }
                return test
            }
        }
    }

    /// Shorter topics that still hold the marker.
    private static func simpler(_ topic: String) -> [String] {
        guard let end = topic.firstRange(of: Marker.placeholder)?.upperBound, end < topic.endIndex else { return [] }
        let rest = topic[end...]
        return [String(topic[..<end]), String(topic[..<end] + rest.prefix(rest.count / 2))]
    }
}

extension Action {
    fileprivate var topics: [String] {
        switch self {
        case .open(let opening): opening.topics
        case .subscribe(let topics), .unsubscribe(let topics): topics
        case .publish(let publication): [publication.topic]
        default: []
        }
    }

    fileprivate mutating func rename(_ name: String, to other: String) {
        func renamed(_ topics: [String]) -> [String] { topics.map { $0 == name ? other : $0 } }
        switch self {
        case .open(var opening):
            opening.topics = renamed(opening.topics)
            self = .open(opening)
        case .subscribe(let topics): self = .subscribe(renamed(topics))
        case .unsubscribe(let topics): self = .unsubscribe(renamed(topics))
        case .publish(var publication):
            if publication.topic == name { publication.topic = other }
            self = .publish(publication)
        default: break
        }
    }
}
