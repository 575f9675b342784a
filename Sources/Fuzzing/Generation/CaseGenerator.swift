import Vocabulary

/// Makes every case of a run: the same seed, number, server and corpus give the same case.
struct CaseGenerator {
    private let seed: UInt64
    private let kinds: [(weight: Int, choice: CaseKind)]
    private let corpus: [FuzzCase]
    private let wire: WireCases
    private let state: StateCases

    /// A generator.
    ///
    /// - Parameters:
    ///   - only: the one kind of case that is made; nil for all that the server allows.
    ///   - corpus: cases that others are made from.
    init(seed: UInt64, only: CaseKind?, server: FuzzServer, corpus: [FuzzCase]) {
        self.seed = seed
        let hasTLS = server.secure != nil
        let all: [(weight: Int, choice: CaseKind)] = [(60, .wire), (35, .state), (hasTLS ? 5 : 0, .tls)]
        kinds = all.filter { only == nil ? $0.weight > 0 : $0.choice == only }
        let chosen = kinds.map(\.choice)
        self.corpus = corpus.filter { chosen.contains($0.kind) }
        wire = WireCases(server)
        state = StateCases(server)
    }

    /// The case of a number.
    func make(_ number: UInt64) -> FuzzCase {
        var random = SplitMix64(seeds: seed, number)
        // The corpus as it is comes first.
        if number < corpus.count { return corpus[Int(number)] }
        if !corpus.isEmpty, random.chance(30) {
            var test = random.pick(corpus)
            CaseMutator.mutate(&test, &random)
            return test
        }
        switch random.pick(weighted: kinds) {
        case .wire: return wire.make(&random)
        case .state: return state.make(&random)
        case .tls: return TLSCases.make(&random)
        }
    }
}

/// Makes a case out of another one.
enum CaseMutator {
    /// Changes one or two steps.
    static func mutate(_ test: inout FuzzCase, _ random: inout SplitMix64) {
        for _ in 0..<random.number(in: 1...2) {
            guard !test.steps.isEmpty else { return }
            let place = random.number(in: 0...test.steps.count - 1)
            switch random.number(in: 0...4) {
            case 0 where test.steps.count > 1: test.steps.remove(at: place)
            case 1: test.steps.insert(test.steps[place], at: random.number(in: 0...test.steps.count))
            case 2: test.steps.swapAt(place, random.number(in: 0...test.steps.count - 1))
            case 3:
                let pause = Action.pause(random.delay(upTo: 5 * .perMillisecond))
                test.steps.insert(Step(test.steps[place].client, pause), at: place)
            default: change(&test.steps[place], &random)
            }
        }
    }

    private static func change(_ step: inout Step, _ random: inout SplitMix64) {
        switch step.action {
        case .send(var bytes, let pieces):
            ByteMutator.mutate(&bytes, &random)
            step.action = .send(bytes, pieces: random.chance(70) ? pieces : random.number(in: 1...64))
        case .inject(var bytes):
            ByteMutator.mutate(&bytes, &random)
            step.action = .inject(bytes)
        case .drop: step.action = .drop(random.pick([.fin, .rst, .halfClose]))
        case .open(var opening):
            opening.until = random.pick([.sent, .head, .event])
            if random.chance(30) { opening.resumption = .canary }
            step.action = .open(opening)
        case .publish(var publication):
            publication.text += random.pick([" é", Injection.plain(&random), "\n"])
            step.action = .publish(publication)
        case .pause: step.action = .pause(random.delay(upTo: 20 * .perMillisecond))
        case .connect, .expect, .stall, .subscribe, .unsubscribe: break
        }
    }
}

/// How a case's bytes reach the server, and how its client takes its leave.
enum Delivery {
    /// How long an answer is waited for, in ns; many requests rightly have none.
    static let patience: Nanoseconds = 50 * .perMillisecond

    /// The steps that send bytes: at once, in pieces, split and with pauses, or only in part.
    static func send(_ bytes: [UInt8], _ client: Int, _ random: inout SplitMix64) -> [Step] {
        switch random.number(in: 0...9) {
        case 0...4: return [Step(client, .send(bytes))]
        case 5:
            // One byte at a time costs a turn for each.
            let pieces = bytes.count <= 400 ? random.number(in: 1...8) : random.number(in: 500...5_000)
            return [Step(client, .send(bytes, pieces: pieces))]
        case 6, 7:
            let place = random.number(in: 0...bytes.count)
            return [
                Step(client, .send(Array(bytes[..<place]))),
                Step(client, .pause(random.delay(upTo: 20 * .perMillisecond))),
                Step(client, .send(Array(bytes[place...]))),
            ]
        case 8: return [Step(client, .send(Array(bytes.prefix(random.number(in: 0...bytes.count)))))]
        default: return [Step(client, .send(bytes)), Step(client, .send(bytes))]
        }
    }

    /// The steps after everything was sent.
    static func leave(_ client: Int, _ random: inout SplitMix64) -> [Step] {
        let wait = Step(client, .expect(.answer, patience))
        switch random.number(in: 0...11) {
        case 0: return [Step(client, .drop(.rst))]
        case 1: return [Step(client, .drop(.fin))]
        case 2: return [wait, Step(client, .drop(.rst))]
        case 3: return [Step(client, .drop(.halfClose)), wait]
        case 4: return [Step(client, .pause(random.delay(upTo: 5 * .perMillisecond))), Step(client, .drop(.rst))]
        default: return [wait, Step(client, .drop(.fin))]
        }
    }
}

/// Breaks bytes without knowing what they mean.
enum ByteMutator {
    private static let interesting: [UInt8] = [0x00, 0x0A, 0x0D, 0x20, 0x25, 0x2C, 0x3A, 0x7F, 0x80, 0xC3, 0xFE, 0xFF]

    /// Mutates bytes in one to four places.
    static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        for _ in 0..<random.number(in: 1...4) {
            guard !bytes.isEmpty else { return bytes = random.bytes(random.number(in: 1...16)) }
            let place = random.number(in: 0...bytes.count - 1)
            switch random.number(in: 0...6) {
            case 0: bytes[place] ^= 1 << UInt8(random.number(in: 0...7))
            case 1: bytes[place] = random.pick(interesting)
            case 2: bytes.insert(random.pick(interesting), at: place)
            case 3: bytes.insert(contentsOf: random.bytes(random.number(in: 1...64)), at: place)
            case 4: bytes.removeSubrange(place..<min(bytes.count, place + random.number(in: 1...16)))
            case 5:
                let piece = Array(bytes[place..<min(bytes.count, place + random.number(in: 1...64))])
                bytes.insert(contentsOf: piece, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
    }
}

// The standard library's own choices may change with its version, and a seed is for ever.
extension SplitMix64 {
    /// A number of a range.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True so often, of 100 times.
    mutating func chance(_ percent: Int) -> Bool { number(in: 0...99) < percent }

    /// One of several.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[number(in: 0...choices.count - 1)] }

    /// One of several, by their weights.
    mutating func pick<Choice>(weighted choices: [(weight: Int, choice: Choice)]) -> Choice {
        var left = number(in: 0...choices.reduce(-1) { $0 + $1.weight })
        for (weight, choice) in choices {
            if left < weight { return choice }
            left -= weight
        }
        return choices[choices.count - 1].choice
    }

    /// So many bytes of any value.
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// A span of time up to a limit, in ns; short ones as often as long ones.
    mutating func delay(upTo limit: Nanoseconds) -> Nanoseconds {
        var span = limit
        for _ in 0..<number(in: 0...6) { span /= 3 }
        // Whole microseconds, as a person writes them.
        return span / .perMicrosecond * .perMicrosecond
    }
}
