import RunProfile
import Vocabulary

/// Reads the action of a step from its words.
struct StepReader {
    private static let names = [
        "connect", "send", "inject", "await", "pause", "stall", "drop", "open", "subscribe", "unsubscribe", "publish",
    ]

    private let name: String
    private let words: [ReplayLine.Word]

    /// A reader of a step's words.
    ///
    /// - Throws: where there are none.
    init(_ words: [ReplayLine.Word]) throws(ReplayLine.Problem) {
        guard let first = words.first else { throw .init(text: "no step after the client's letter") }
        name = first.text
        self.words = Array(words.dropFirst())
    }

    /// The action.
    func action() throws(ReplayLine.Problem) -> Action {
        switch name {
        case "connect":
            try allow(["stop"], positional: 1)
            return .connect(
                try choice(0, "channel"),
                stop: try option("stop") { word throws(ReplayLine.Problem) in try choice(word, "stage") }
            )
        case "send":
            try allow(["pieces"], positional: 1)
            return .send(
                try bytes(0),
                pieces: try option("pieces") { word throws(ReplayLine.Problem) in try number(word, in: 1...1_000_000) }
            )
        case "inject":
            try allow([], positional: 1)
            return .inject(try bytes(0))
        case "await":
            try allow([], positional: 2)
            return .expect(try choice(0, "thing to wait for"), try duration(1))
        case "pause":
            try allow([], positional: 1)
            return .pause(try duration(0))
        case "stall":
            try allow([], positional: 0)
            return .stall
        case "drop":
            try allow([], positional: 1)
            return .drop(try choice(0, "manner"))
        case "open": return .open(try opening())
        case "subscribe": return .subscribe(try topics())
        case "unsubscribe": return .unsubscribe(try topics())
        case "publish": return .publish(try publication())
        default:
            let nearest = NearestName.find(name, among: Self.names).map { "did you mean \"\($0)\"? " } ?? ""
            throw .init(
                text: "\"\(name)\" is no step; \(nearest)a step is one of \(Self.names.joined(separator: ", "))"
            )
        }
    }

    private func opening() throws(ReplayLine.Problem) -> Opening {
        try allow(["topics", "resume", "channel", "until"], positional: 0)
        var opening = Opening()
        if let topics = option("topics") { opening.topics = topics.text.split(separator: ",").map(String.init) }
        if let channel = option("channel") { opening.channel = try choice(channel, "channel") }
        if let until = option("until") { opening.until = try choice(until, "thing to wait for") }
        if let resume = option("resume") { opening.resumption = try resumption(resume) }
        return opening
    }

    private func resumption(_ word: ReplayLine.Word) throws(ReplayLine.Problem) -> Resumption {
        if word.bytes != nil { return .text(word.text) }
        if word.text == "canary" { return .canary }
        guard word.text.utf8.count == 1, let letter = word.text.utf8.first, (0x61...0x7A).contains(letter) else {
            throw .init(text: "resume is canary, a client's letter, or a text between quotation marks")
        }
        return .client(Int(letter - 0x61))
    }

    private func publication() throws(ReplayLine.Problem) -> Publication {
        try allow(["size", "times"], positional: 1...2)
        let positional = self.positional
        var publication = Publication(topic: positional[0].text)
        if positional.count == 2 {
            guard positional[1].bytes != nil else {
                throw .init(text: "what is published stands between quotation marks")
            }
            publication.text = positional[1].text
        }
        if let size = option("size") { publication.size = try number(size, in: 0...(16 << 20)) }
        if let times = option("times") { publication.times = try number(times, in: 1...10_000) }
        return publication
    }

    private func topics() throws(ReplayLine.Problem) -> [String] {
        try allow([], positional: 1)
        return positional[0].text.split(separator: ",").map(String.init)
    }

    // MARK: Words

    private var positional: [ReplayLine.Word] { words.filter { $0.name == nil } }

    private func option(_ name: String) -> ReplayLine.Word? { words.first { $0.name == name } }

    private func option<Value>(
        _ name: String,
        _ read: (ReplayLine.Word) throws(ReplayLine.Problem) -> Value
    ) throws(ReplayLine.Problem) -> Value? {
        guard let word = option(name) else { return nil }
        return try read(word)
    }

    private func allow(_ options: [String], positional count: Int) throws(ReplayLine.Problem) {
        try allow(options, positional: count...count)
    }

    private func allow(_ options: [String], positional count: ClosedRange<Int>) throws(ReplayLine.Problem) {
        for word in words {
            if let name = word.name, !options.contains(name) { throw .init(text: "\(self.name) has no \"\(name)=\"") }
        }
        guard count.contains(positional.count) else {
            let expected = count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "1 or 2"
            throw .init(text: "\(name) takes \(expected) words, and has \(positional.count)")
        }
    }

    private func bytes(_ index: Int) throws(ReplayLine.Problem) -> [UInt8] {
        guard let bytes = positional[index].bytes else {
            throw .init(text: "bytes stand between quotation marks, such as \"GET / HTTP/1.1\\r\\n\"")
        }
        return bytes
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ index: Int,
        _ what: String
    ) throws(ReplayLine.Problem) -> Choice { try choice(positional[index], what) }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ word: ReplayLine.Word,
        _ what: String
    ) throws(ReplayLine.Problem) -> Choice {
        if let choice = Choice(rawValue: word.text) { return choice }
        let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw .init(text: "\"\(word.text)\" is no \(what); one of \(all)")
    }

    private func number(_ word: ReplayLine.Word, in range: ClosedRange<Int>) throws(ReplayLine.Problem) -> Int {
        guard let number = Int(word.text), range.contains(number) else {
            throw .init(text: "\(word.name ?? name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func duration(_ index: Int) throws(ReplayLine.Problem) -> Nanoseconds {
        let text = positional[index].text
        guard let time = DurationText.parse(text), time <= FuzzLimits.awaitTime else {
            let most = DurationText.format(FuzzLimits.awaitTime)
            throw .init(text: "\"\(text)\" is no time up to \(most), such as 50ms")
        }
        return time
    }
}
