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
