import Testing

@testable import Conformance

@Suite struct TLSTests {
    /// A handshake that ended without a word.
    @Sendable static func refuse(_ answer: inout Answer) {
        answer.raw = []
        answer.tls = TLSFacts()
        answer.end = .failed("TLS_END_IN_HANDSHAKE")
    }

    static let broken: [Example] = [
        Example("6.1", .tls13, refuse),
        Example("6.2", .tls12, refuse),
        Example("6.3", .stream) { $0.tls?.version = "TLSv1.2" },
        Example("6.4", .stream) { $0.tls?.applicationProtocol = "h2" },
        Example("6.5", .unknownProtocol) { $0.tls?.version = "TLSv1.3" },
        Example("6.5", .unknownProtocol) { $0 = Good.refusedHandshake(40) },
        Example("6.6", .unknownServerName, refuse),
        Example("6.7", .session) { $0.tls?.isResumed = false },
        Example("6.8", .closeNotify) { $0.tls?.alerts = [] },
        Example("6.8", .closeNotify) { $0.end = .failed("ECONNRESET") },
        Example("6.9", .plainOnTLS) {
            $0.raw = []
            $0.end = .timeout("TIMEOUT_HEADERS")
        },
        Example("6.10", .helloOld) { $0.raw = Good.serverHello(version: 2) },
        Example("6.11", .helloOld) { $0.raw = [21, 3, 1, 0, 2, 2, 40] },
        Example("6.12", .helloPieces) { $0.raw = [21, 3, 3, 0, 2, 2, 50] },
        Example("6.13", .helloFragments) { $0.raw = [] },
        Example("6.14", .helloUnknowns) { $0.raw = [21, 3, 3, 0, 2, 2, 47] },
        Example("6.15", .hello12) { $0.raw = Good.serverHello(marked: false) },
        Example("6.16", .helloFallback) { $0.raw = Good.serverHello() },
        Example("6.17", .hello12) { $0.raw = Good.serverHello(extensions: [23]) },
        Example("6.18", .hello12) { $0.raw = Good.serverHello(extensions: [0xFF01]) },
    ]

    @Test(arguments: broken) func isFound(_ example: Example) {
        #expect(example.outcome?.isFailure == true, "\(example.outcome as Any)")
    }

    @Test(arguments: ["6.12", "6.13", "6.14", "6.15", "6.16", "6.17", "6.18"])
    func aServerOfTLS13OnlyIsNotAccused(_ number: String) {
        let refusal = Answer(raw: [21, 3, 3, 0, 2, 2, 70])
        let seen = Good.seen {
            for name in [ExchangeName.hello12, .helloPieces, .helloFragments, .helloUnknowns, .helloFallback] {
                $0[name] = refusal
            }
        }
        #expect(ConformanceSuite.find(number)?.outcome(of: seen).word == "not applicable")
    }

    @Test func aServerOfTLS12OnlyIsNotAccused() {
        let seen = Good.seen {
            Self.refuse(&$0[.tls13, default: Answer()])
            $0[.stream]?.tls?.version = "TLSv1.2"
            $0[.hello12]?.raw = Good.serverHello(marked: false)
            $0[.helloFallback]?.raw = Good.serverHello(marked: false)
        }
        for number in ["6.3", "6.15", "6.16"] {
            #expect(ConformanceSuite.find(number)?.outcome(of: seen).word == "not applicable")
        }
    }
}
