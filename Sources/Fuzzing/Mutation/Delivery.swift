import Vocabulary

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
