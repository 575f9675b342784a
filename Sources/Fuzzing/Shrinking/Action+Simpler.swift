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
        case .pause(let time): return time > 10 * .perMicrosecond ? [.pause(time / 4)] : []
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
        for (index, topic) in topics.enumerated() {
            for shorter in topic.simplerTopics { add { $0.topics[index] = shorter } }
        }
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
        for shorter in topic.simplerTopics { add { $0.topic = shorter } }
        return results
    }
}

extension String {
    /// Shorter topics that still hold the marker.
    fileprivate var simplerTopics: [String] {
        guard let end = firstRange(of: Marker.placeholder)?.upperBound, end < endIndex else { return [] }
        let rest = self[end...]
        return [String(self[..<end]), String(self[..<end] + rest.prefix(rest.count / 2))]
    }
}
