import EventStream
import Vocabulary

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
