import EventLoop
import Transport
import Vocabulary

@testable import Fuzzing

/// Values that tests are made of.
enum Made {
    /// A server like the bundled one, at an address where nobody need listen.
    static func server(secure: Bool = true) throws -> FuzzServer {
        guard let address = SocketAddress("127.0.0.1", port: 9) else { throw MadeError() }
        let destination = Destination(address: address, host: "127.0.0.1:9")
        var server = FuzzServer(
            plain: destination,
            secure: secure ? destination : nil,
            connect: ActionRequest(method: "GET", target: "/events?topics={topics}"),
            health: ActionRequest(method: "GET", target: "/healthz")
        )
        server.publish = ActionRequest(method: "POST", target: "/broadcast?topic={topic}", body: "{data}")
        server.subscribe = ActionRequest(method: "POST", target: "/subscribe?id={id}&topics={topics}", body: "")
        server.unsubscribe = ActionRequest(method: "POST", target: "/unsubscribe?id={id}&topics={topics}", body: "")
        server.targets = ["/", "/metrics"]
        return server
    }

    /// A generator without a corpus.
    static func generator(seed: UInt64 = 1, only: CaseKind? = nil, corpus: [FuzzCase] = []) throws -> CaseGenerator {
        CaseGenerator(seed: seed, only: only, server: try server(), corpus: corpus)
    }

    /// A case of pauses, whose lengths tell them apart.
    static func pauses(_ lengths: [Nanoseconds]) -> FuzzCase {
        FuzzCase(.state, steps: lengths.map { Step(0, .pause($0)) })
    }
}

struct MadeError: Error {}
