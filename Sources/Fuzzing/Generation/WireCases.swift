import HTTP
import Vocabulary

/// Makes cases of mutated requests.
struct WireCases {
    private let grammar: RequestGrammar
    private let channels: [Channel]

    init(_ server: FuzzServer) {
        grammar = RequestGrammar(server)
        channels = server.channels
    }

    /// One case: a connection, one or two requests, and a leave.
    func make(_ random: inout SplitMix64) -> FuzzCase {
        // TLS costs both sides ten times as much, and sees the same requests.
        let channel = channels.count > 1 && !random.chance(2) ? Channel.plain : random.pick(channels)
        var steps = [Step(0, .connect(channel))]
        var shape = grammar.request(&random)
        if random.chance(90) { RequestMutator.mutate(&shape, &random) }
        var bytes = shape.bytes
        if random.chance(25) { ByteMutator.mutate(&bytes, &random) }
        steps += Delivery.send(bytes, 0, &random)
        if random.chance(10) {
            steps.append(Step(0, .expect(.answer, Delivery.patience)))
            steps += Delivery.send(grammar.request(&random).bytes, 0, &random)
        }
        return FuzzCase(.wire, steps: steps + Delivery.leave(0, &random))
    }
}

/// Makes requests that a server understands, to be mutated.
struct RequestGrammar {
    private let actions: [ActionRequest]
    private let targets: [String]

    /// The grammar of a server's own requests.
    init(_ server: FuzzServer) {
        actions =
            [server.connect] + [server.subscribe, server.unsubscribe, server.publish, server.health].compactMap { $0 }
        targets = server.targets
    }

    /// A request that is well formed.
    func request(_ random: inout SplitMix64) -> RequestShape {
        if !targets.isEmpty, random.chance(15) {
            var shape = RequestShape(target: random.pick(targets))
            if random.chance(30) { shape.method = Array("POST".utf8) }
            return shape
        }
        // Streams are what the server is for.
        let action = random.chance(50) ? actions[0] : random.pick(actions)
        let topics = (0..<random.number(in: 0...3)).map { "\(Marker.placeholder)-\($0)" }
        let target = action.target.replacing("{topics}", with: topics.joined(separator: ","))
            .replacing("{topic}", with: topics.first ?? "\(Marker.placeholder)-0")
            .replacing("{id}", with: random.pick(["0000000000000000", Marker.placeholder, "ffffffffffffffff"]))
        var shape = RequestShape(target: target)
        shape.method = Array(action.method.utf8)
        for field in action.fields { shape.add("\(field.name): \(field.value)") }
        if action.body != nil {
            shape.body = Array(random.pick(["", "hello", "{\"text\":\"hé\"}", "a\nb\r\nc\rd\n\n"]).utf8)
            shape.add("Content-Length: \(shape.body.count)")
        }
        return shape
    }
}

/// A request, in the pieces that are mutated.
struct RequestShape {
    var method = Array("GET".utf8)
    var target: [UInt8]
    var version = Array("HTTP/1.1".utf8)
    /// The header lines, without their ends.
    var lines = [Array("Host: \(Marker.hostPlaceholder)".utf8)]
    var lineEnd = Array("\r\n".utf8)
    var body: [UInt8] = []

    init(target: String) { self.target = Array(target.utf8) }

    /// Adds a header line.
    mutating func add(_ line: String) { lines.append(Array(line.utf8)) }

    /// The request as it is sent.
    var bytes: [UInt8] {
        let space: [UInt8] = [0x20]
        var bytes = method + space + target + space + version + lineEnd
        for line in lines { bytes += line + lineEnd }
        return bytes + lineEnd + body
    }
}

/// Breaks requests by their grammar (RFC 9112).
enum RequestMutator {
    private typealias Mutation = @Sendable (inout RequestShape, inout SplitMix64) -> Void

    /// Mutates a request in one to three ways.
    static func mutate(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        for _ in 0..<random.number(in: 1...3) { random.pick(mutations)(&shape, &random) }
    }

    private static let mutations: [Mutation] = [
        method, target, target, query, query, version, host, extraField, extraField, brokenLine, length, coding,
        fold, oversize, lineEnds, smuggle,
    ]

    @Sendable private static func method(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let methods = [
            "get", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "CONNECT", "PATCH", "PRI", "", "G", "GET\t", "GE T",
            "G\0T",
            "POST", "GET", "\u{7F}", "GET" + String(repeating: "T", count: 9_000),
        ]
        shape.method = Array(random.pick(methods).utf8)
    }

    @Sendable private static func target(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let path = shape.target
        switch random.number(in: 0...11) {
        case 0: shape.target = Array("http://\(Marker.hostPlaceholder)".utf8) + path
        case 1: shape.target = Array("*".utf8)
        case 2: shape.target = Array("/..".utf8) + path
        case 3: shape.target = Array("/%2e%2e/%00".utf8) + path
        case 4: shape.target = path + Array("%".utf8)
        case 5: shape.target = path + Array("%zz%u0041%0".utf8)
        case 6: shape.target = []
        case 7: shape.target = path + [0xC3, 0xA9, 0xFF]
        case 8: shape.target = path + Array("#fragment".utf8)
        case 9: shape.target = path + [UInt8](repeating: 0x61, count: random.number(in: 1...20_000))
        case 10: shape.target = Array("//".utf8) + path
        default: shape.target = Array("\(Marker.hostPlaceholder)".utf8)
        }
    }

    @Sendable private static func query(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let isFirst = !shape.target.contains(UInt8(ascii: "?"))
        let name = random.pick(["topics", "topic", "id", "lastEventId", "topics[]", ""])
        let value: String
        switch random.number(in: 0...6) {
        case 0: value = Injection.encoded(&random)
        case 1: value = (0..<random.number(in: 1...100)).map { "\(Marker.placeholder)\($0)" }.joined(separator: ",")
        case 2: value = random.pick(["18446744073709551616", "-1", "0", "1e9", "0x10", "NaN", "%2B1", "99999999999"])
        case 3: value = String(repeating: "é", count: random.number(in: 1...200))
        case 4: value = "%F0%9F%98%80%ED%A0%80%C3"
        case 5: value = ",,,,%2C%2C"
        default: value = Marker.placeholder
        }
        shape.target += Array(((isFirst ? "?" : random.pick(["&", "?", ";"])) + name + "=" + value).utf8)
    }

    @Sendable private static func version(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let versions = [
            "HTTP/1.0", "HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/1.10", "http/1.1", "HTTP/1,1", "",
            "HTTP/1.1 ",
            "HTTP/01.1", "ICAP/1.0",
        ]
        shape.version = Array(random.pick(versions).utf8)
    }

    @Sendable private static func host(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        switch random.number(in: 0...4) {
        case 0: shape.lines.removeAll { $0.starts(with: Array("Host".utf8)) }
        case 1: shape.add("Host: \(Marker.hostPlaceholder)")
        case 2: shape.add("Host: other.example")
        case 3: shape.lines = [Array("Host:".utf8)]
        default: shape.lines = [Array("Host: a b/c@d".utf8)]
        }
    }

    @Sendable private static func extraField(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let lines = [
            "Expect: 100-continue", "Expect: something", "Connection: close", "Connection: keep-alive, upgrade",
            "Upgrade: websocket", "Upgrade: h2c", "Range: bytes=0-1", "Range: bytes=-", "If-None-Match: *",
            "Accept: application/json", "Accept: text/event-stream;q=0", "Accept-Encoding: gzip, br, zstd;q=0",
            "Last-Event-ID: 0", "Last-Event-ID:", "Last-Event-ID: \(Marker.placeholder)", "Last-Event-ID: -1",
            "Last-Event-ID: 18446744073709551615", "Last-Event-ID: é\u{1F600}", "Cookie: a=b; a=c",
            "Origin: null", "X-Forwarded-For: 127.0.0.1", "Content-Type: text/plain; charset=utf-16", "Trailer: X-T",
            "TE: trailers, chunked", "Keep-Alive: timeout=0", "Content-Encoding: gzip", "Date: yesterday",
            "Last-Event-ID: " + String(repeating: "9", count: random.number(in: 1...4_000)),
        ]
        shape.add(random.pick(lines))
    }

    @Sendable private static func brokenLine(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let lines: [[UInt8]] = [
            Array("NoColon".utf8), Array(": no name".utf8), Array("Space : before".utf8), Array(" Leading: space".utf8),
            Array("Nul: a\0b".utf8), Array("Return: a\rb".utf8), Array("Feed: a\nX-Forged: b".utf8),
            Array("Ctl: \u{1}\u{7F}".utf8),
            Array("Bytes: ".utf8) + [0xFF, 0xFE, 0x80], Array("N\u{E9}me: x".utf8), [], Array("\t".utf8),
            Array("Transfer-Encoding : chunked".utf8), Array("Content-Length\t: 3".utf8),
        ]
        shape.lines.insert(random.pick(lines), at: random.number(in: 0...shape.lines.count))
    }

    @Sendable private static func length(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        if random.chance(60) { shape.lines.removeAll { $0.starts(with: Array("Content-Length".utf8)) } }
        let lengths = [
            "0", "1", "5", "-1", "+5", "5 ", "0x5", "5,5", "5, 6", "", "18446744073709551616", "9223372036854775807",
            "65536",
            "65537", "5\r\nContent-Length: 6", "1e1", "٥",
        ]
        shape.add("Content-Length: " + random.pick(lengths))
        if random.chance(50) { shape.body = Array("hello".utf8) }
    }

    @Sendable private static func coding(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let codings = [
            "chunked", "chunked", "chunked", "Chunked", "identity", "gzip, chunked", "chunked, chunked",
            "chunked, gzip", "",
            "\u{B}chunked", "chunked;q=1", "x",
        ]
        if random.chance(60) { shape.lines.removeAll { $0.starts(with: Array("Content-Length".utf8)) } }
        shape.add("Transfer-Encoding: " + random.pick(codings))
        let bodies = [
            "5\r\nhello\r\n0\r\n\r\n", "5;a=b\r\nhello\r\n0\r\nX-T: 1\r\n\r\n", "5\r\nhello\r\n", "5\r\nhel", "g\r\n",
            "-5\r\nhello\r\n",
            "5\nhello\n0\n\n", "FFFFFFFFFFFFFFFF\r\nx", "10000000000000000\r\n", "5\r\nhelloX\r\n0\r\n\r\n",
            "0\r\n\r\n", "0\r\n",
            "00000000000000005\r\nhello\r\n0\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "\r\n",
            "5;" + String(repeating: "a", count: 5_000) + "\r\nhello\r\n0\r\n\r\n",
        ]
        shape.body = Array(random.pick(bodies).utf8)
    }

    @Sendable private static func fold(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let line = random.pick(["X-Fold: a\r\n b", "X-Fold: a\r\n\tb", "Host: a\r\n .b", "Content-Length: 1\r\n 0"])
        shape.add(line)
    }

    @Sendable private static func oversize(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        switch random.number(in: 0...3) {
        case 0: shape.add("X-Large: " + String(repeating: "a", count: random.number(in: 8_000...70_000)))
        case 1: for index in 0..<random.number(in: 100...1_500) { shape.add("X-\(index): \(index)") }
        case 2: shape.add(String(repeating: "N", count: 20_000) + ": a")
        default:
            shape.body = [UInt8](repeating: 0x78, count: random.number(in: 1_000...80_000))
            shape.add("Content-Length: \(shape.body.count)")
        }
    }

    @Sendable private static func lineEnds(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        shape.lineEnd = Array(random.pick(["\n", "\r", "\r\r\n", "\n\r", "\r\n\r\n", "\u{85}"]).utf8)
    }

    @Sendable private static func smuggle(_ shape: inout RequestShape, _ random: inout SplitMix64) {
        let second = Array(
            "GET /smuggled-\(Marker.placeholder) HTTP/1.1\r\nHost: \(Marker.hostPlaceholder)\r\n\r\n".utf8
        )
        switch random.number(in: 0...4) {
        case 0: shape.body += second
        case 1:
            shape.add("Content-Length: \(second.count)")
            shape.add("Transfer-Encoding: chunked")
            shape.body = Array("0\r\n\r\n".utf8) + second
        case 2:
            shape.add("Content-Length: 0")
            shape.body = second
        case 3:
            shape.add("Transfer-Encoding: chunked")
            shape.body = Array("0\r\n\r\n".utf8) + second
        default: shape.body += shape.bytes + second
        }
    }
}

/// Texts that forge a field where a server repeats them as they came.
enum Injection {
    private static let forged = Marker.forgedPrefix + Marker.placeholder

    /// A text for a query, percent-encoded: a line end, then a field.
    static func encoded(_ random: inout SplitMix64) -> String {
        let end = random.pick(["%0A", "%0D", "%0D%0A", "%0A%0A", "%E2%80%A8%0A"])
        let field = random.pick(["id:%20", "id:", "event:%20", "data:%20", "data:", "X-Forged:%20"])
        return end + field + forged + random.pick(["", "%0A", "%0A%0A", "%0D%0A%0D%0A"])
    }

    /// A text for a body.
    static func plain(_ random: inout SplitMix64) -> String {
        let end = random.pick(["\n", "\r", "\r\n", "\n\n", "\r\n\r\n"])
        let field = random.pick(["id: ", "event: ", "data: ", "event:", ":\ndata: "])
        return end + field + forged + random.pick(["", "\n", "\n\n"])
    }
}
