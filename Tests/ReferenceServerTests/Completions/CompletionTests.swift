import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

/// Completions through a server and its sockets.
@Suite(Turn.sideBySide) struct CompletionTests {
    @Test(arguments: [[], [Fault.generatorRunsOn]])
    func producerOfADroppedCompletion(faults: [Fault]) throws {
        let fixture = try ServerFixture {
            $0.faults.names = Set(faults)
            $0.tokens = 1_000
            $0.tokenRate = 100
        }
        let client = try fixture.client()
        try client.sendRequest("POST", "/v1/chat/completions", body: "{\"stream\":true}")
        try client.read(until: "\"content\":")
        #expect(try fixture.gauge("producers") == 1)
        client.close()
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        #expect(try fixture.gauge("producers") == faults.count)
        #expect(try fixture.gauge("slots") == 0)
    }

    @Test func completionIsSentToItsEnd() throws {
        let fixture = try ServerFixture {
            $0.tokens = 700
            $0.tokenRate = 100_000
        }
        let client = try fixture.client()
        try client.sendRequest("POST", "/v1/chat/completions")
        let text = try client.readToEnd()
        #expect(text.split(separator: "\"content\":").count == 702)
        #expect(text.hasSuffix("data: [DONE]\n\n\r\n0\r\n\r\n"))
        client.close()
        #expect(try fixture.eventually { try fixture.gauge("sockets") == 1 })
        #expect(try fixture.observer.request("GET", "/debug/state").body == ServerFixture.emptyState)
    }
}
