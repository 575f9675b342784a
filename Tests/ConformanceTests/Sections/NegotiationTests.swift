import EventStream
import Testing

@testable import Conformance

@Suite struct NegotiationTests {
    /// The head of an answer that lets every origin read, with credentials.
    @Sendable static func openToAll(_ answer: inout Answer) {
        answer["Access-Control-Allow-Origin"] = Marks.origin
        answer["Access-Control-Allow-Credentials"] = "true"
    }

    static let broken: [Example] = [
        Example("3.1", .acceptAny) { $0 = Answer(status: 406) },
        Example("3.2", .acceptNothing) { $0 = Answer(status: 403) },
        Example("3.3", .acceptOther) { $0 = Answer(status: 500) },
        Example("3.4", .encodings) { $0["Content-Encoding"] = "br" },
        Example("3.5", .encodings) {
            // A head of gzip, and nothing flushed after it.
            $0["Content-Encoding"] = "gzip"
            $0.pieces = [(1, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])]
        },
        Example("3.6", .encodings) {
            $0["Content-Encoding"] = "gzip"
            $0["Cache-Control"] = nil
        },
        Example("3.7", .identity) { $0["Content-Encoding"] = "gzip" },
        Example("3.8", .conditional) { $0 = Answer(status: 304) },
        Example("3.9", .range) { $0 = Answer(status: 206) },
        Example("3.10", .head) { $0 = Answer(status: 501, to: "HEAD") },
        Example("3.10", .head) {
            $0.raw = []
            $0.end = .timeout("TIMEOUT_HEADERS")
        },
        Example("3.11", .head) { $0.pieces = [(1, Array(": hello\n\n".utf8))] },
        Example("3.12", .head) { $0 = Answer(status: 405, to: "HEAD", ["Allow": "GET"]) },
        Example("3.13", .unknownMethod) { $0 = Answer(status: 200, to: "HYDROTEST") },
        Example("3.14", .unknownMethod) { $0["Allow"] = nil },
        Example("3.15", .options) { $0["Allow"] = nil },
        Example("3.15", .options) { $0 = Answer(status: 500, to: "OPTIONS") },
        Example("3.16", .options) { $0["Content-Length"] = "0" },
        Example("3.17", .stream) { $0 = Answer(status: 307) },
        Example("3.18", .oldVersion) { $0["Transfer-Encoding"] = "chunked" },
        Example("3.19", .oldVersion) { $0 = Answer(status: 505) },
        Example("3.20", .laterMinor) { $0 = Answer(status: 505) },
        Example("3.21", .origin) { $0["Access-Control-Allow-Origin"] = "https://a.example, https://b.example" },
        Example("3.22", .origin) { $0["Access-Control-Allow-Credentials"] = "true" },
        Example("3.23", .origin) { $0["Access-Control-Allow-Credentials"] = "True" },
        Example("3.24", .origin, openToAll),
        Example("3.25", .nullOrigin) {
            openToAll(&$0)
            $0["Access-Control-Allow-Origin"] = "null"
        },
        Example("3.26", .origin, openToAll),
        Example("3.27", .preflight) { $0 = Answer(status: 405, to: "OPTIONS", ["Allow": "GET"]) },
        Example("3.28", .preflight) { $0["Access-Control-Allow-Headers"] = "*" },
    ]

    @Test(arguments: broken) func isFound(_ example: Example) {
        #expect(example.outcome?.isFailure == true, "\(example.outcome as Any)")
    }

    @Test func aCompressedStreamIsWellWhereItIsFlushed() {
        var encoder = GzipEncoder()
        defer { encoder.release() }
        var packed: [UInt8] = []
        encoder.append(Array(": hello\n\n".utf8), flush: .sync, to: &packed)
        let seen = Good.seen { [packed] in
            $0[.encodings]?["Content-Encoding"] = "gzip"
            $0[.encodings]?.pieces = [(1, packed)]
        }
        #expect(ConformanceSuite.find("3.5")?.outcome(of: seen) == .passed)
    }

    @Test func aRangeIsWellWhereItIsNamed() {
        let seen = Good.seen { $0[.range] = Answer(status: 206, ["Content-Range": "bytes 0-9/*"]) }
        #expect(ConformanceSuite.find("3.9")?.outcome(of: seen) == .passed)
    }

    @Test(arguments: ["3.21", "3.22", "3.23", "3.24", "3.25", "3.26", "3.27", "3.28"])
    func aStreamForItsOwnOriginIsNotAccused(_ number: String) {
        let seen = Good.seen {
            $0[.origin]?["Access-Control-Allow-Origin"] = nil
            $0[.nullOrigin]?["Access-Control-Allow-Origin"] = nil
        }
        #expect(ConformanceSuite.find(number)?.outcome(of: seen).word == "not applicable")
    }
}
