import Vocabulary

/// Makes cases of mutated TLS records and handshakes.
enum TLSCases {
    private static let patience: Nanoseconds = 50 * .perMillisecond
    private static let handshake: UInt8 = 22

    /// One case: bytes in place of a hello, or a real handshake that is disturbed.
    static func make(_ random: inout SplitMix64) -> FuzzCase {
        let steps = random.chance(70) ? raw(&random) : disturbed(&random)
        return FuzzCase(.tls, steps: steps + Delivery.leave(0, &random))
    }

    private static func raw(_ random: inout SplitMix64) -> [Step] {
        var bytes = records(&random)
        if random.chance(30) { ByteMutator.mutate(&bytes, &random) }
        return [Step(0, .connect(.raw))] + Delivery.send(bytes, 0, &random)
    }

    private static func records(_ random: inout SplitMix64) -> [UInt8] {
        var hello = ClientHelloPieces(&random)
        mutate(&hello, &random)
        var message = hello.message
        if random.chance(20) { message[random.number(in: 0...3)] = UInt8(random.number(in: 0...255)) }
        let record = ClientHelloPieces.record(handshake, message)
        switch random.number(in: 0...11) {
        case 0: return ClientHelloPieces.record(UInt8(random.number(in: 0...255)), message)
        case 1: return fragments(message, of: random.number(in: 1...7))
        case 2: return record + record
        case 3: return record + random.bytes(random.number(in: 1...2_000))
        case 4: return ClientHelloPieces.record(20, [1]) + record
        case 5: return (0..<random.number(in: 1...40)).flatMap { _ in ClientHelloPieces.record(handshake, []) } + record
        case 6: return ClientHelloPieces.record(23, random.bytes(32)) + record
        case 7:
            return ClientHelloPieces.record(21, [UInt8(random.number(in: 0...3)), UInt8(random.number(in: 0...120))])
                + record
        case 8: return length(of: record, &random)
        case 9: return record + (0..<50).flatMap { _ in ClientHelloPieces.record(20, [1]) }
        case 10: return Array("GET / HTTP/1.1\r\nHost: \(Marker.hostPlaceholder)\r\n\r\n".utf8)
        default: return record
        }
    }

    private static func mutate(_ hello: inout ClientHelloPieces, _ random: inout SplitMix64) {
        switch random.number(in: 0...11) {
        case 0: hello.version = random.bytes(2)
        case 1: hello.sessionID = random.bytes(random.number(in: 0...255))
        case 2: hello.cipherSuites = random.bytes(random.number(in: 0...600))
        case 3: hello.compressions = random.bytes(random.number(in: 0...20))
        case 4: hello.extensions.reverse()
        case 5: hello.extensions.append(random.pick(hello.extensions))
        case 6: hello.extensions.remove(at: random.number(in: 0...hello.extensions.count - 1))
        case 7:
            hello.extensions.append((UInt16(random.number(in: 0...65_535)), random.bytes(random.number(in: 0...400))))
        case 8:
            let index = random.number(in: 0...hello.extensions.count - 1)
            ByteMutator.mutate(&hello.extensions[index].content, &random)
        case 9: hello.extensions = []
        default: break
        }
    }

    private static func fragments(_ message: [UInt8], of size: Int) -> [UInt8] {
        stride(from: 0, to: message.count, by: size).flatMap { start in
            ClientHelloPieces.record(handshake, Array(message[start..<min(message.count, start + size)]))
        }
    }

    private static func length(of record: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var record = record
        let length = random.pick([0, 1, 0x4000, 0x4001, 0x4100, 0xFFFF, record.count - 6, record.count - 4])
        (record[3], record[4]) = (UInt8(length >> 8), UInt8(length & 0xFF))
        return record
    }

    private static func disturbed(_ random: inout SplitMix64) -> [Step] {
        if random.chance(50) {
            let stages: [Stage] = [.tlsHelloPartial, .tlsHelloSent, .tlsHelloReceived, .tlsFinishedWithheld]
            let stop = random.pick(stages)
            return [
                Step(0, .connect(.tls, stop: stop)), Step(0, .inject(junk(&random))),
                Step(0, .pause(random.delay(upTo: 5 * .perMillisecond))),
            ]
        }
        let request = RequestShape(target: "/\(Marker.placeholder)").bytes
        var steps = [Step(0, .connect(.tls))]
        if random.chance(50) { steps.append(Step(0, .send(request))) }
        steps.append(Step(0, .inject(junk(&random))))
        if random.chance(50) { steps.append(Step(0, .send(request))) }
        if random.chance(30) { steps.append(Step(0, .drop(random.pick([.alert, .closeNotify])))) }
        return steps
    }

    private static func junk(_ random: inout SplitMix64) -> [UInt8] {
        switch random.number(in: 0...4) {
        case 0: return random.bytes(random.number(in: 1...300))
        case 1: return ClientHelloPieces.record(23, random.bytes(random.number(in: 0...64)))
        case 2: return ClientHelloPieces.record(21, [2, UInt8(random.number(in: 0...255))])
        case 3: return ClientHelloPieces.record(handshake, random.bytes(random.number(in: 1...64)))
        default: return ClientHelloPieces.record(20, [1])
        }
    }
}

/// A TLS 1.3 ClientHello (RFC 8446, 4.1.2), in the pieces that are mutated.
struct ClientHelloPieces {
    var version: [UInt8] = [3, 3]
    var random: [UInt8]
    var sessionID: [UInt8]
    var cipherSuites: [UInt8] = [0x13, 0x01, 0x13, 0x02, 0x13, 0x03, 0xC0, 0x2B]
    var compressions: [UInt8] = [0]
    /// Type and content of each.
    var extensions: [(type: UInt16, content: [UInt8])]

    /// One that a server answers.
    init(_ numbers: inout SplitMix64) {
        random = numbers.bytes(32)
        sessionID = numbers.bytes(32)
        let share = numbers.bytes(32)
        extensions = [
            (0, Self.withLength([0] + Self.withLength(Array("localhost".utf8)))),
            (10, [0, 4, 0, 0x1D, 0, 0x17]),
            (13, [0, 6, 4, 3, 8, 4, 8, 7]),
            (16, Self.withLength([8] + Array("http/1.1".utf8))),
            (43, [2, 3, 4]),
            (51, Self.withLength([0, 0x1D] + Self.withLength(share))),
        ]
    }

    /// The handshake message, its header included.
    var message: [UInt8] {
        var list: [UInt8] = []
        for (type, content) in extensions { list += Self.twoBytes(type) + Self.withLength(content) }
        var body = version + random + [UInt8(truncatingIfNeeded: sessionID.count)] + sessionID
        body += Self.withLength(cipherSuites) + [UInt8(truncatingIfNeeded: compressions.count)] + compressions
        body += Self.withLength(list)
        return [1, UInt8(truncatingIfNeeded: body.count >> 16)] + Self.twoBytes(UInt16(truncatingIfNeeded: body.count))
            + body
    }

    /// A record (RFC 8446, 5.1).
    static func record(_ type: UInt8, _ content: [UInt8]) -> [UInt8] { [type, 3, 1] + withLength(content) }

    private static func withLength(_ bytes: [UInt8]) -> [UInt8] {
        twoBytes(UInt16(truncatingIfNeeded: bytes.count)) + bytes
    }

    private static func twoBytes(_ number: UInt16) -> [UInt8] {
        [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }
}
