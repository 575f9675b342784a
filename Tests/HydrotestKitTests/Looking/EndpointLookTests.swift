import ReferenceServer
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite(Turn.sideBySide) struct EndpointLookTests {
    @Test func plainAndTLSAreSeen() throws {
        let server = try Server { $0.heartbeat = 20 * .perMillisecond }
        for tls in [false, true] {
            var options = TapOptions(url: server.address("/events", tls: tls))
            options.maximumTime = 500 * .perMillisecond
            let sight = try EndpointLook(options).look()
            #expect(sight.status == 200)
            #expect(sight.contentType.hasPrefix("text/event-stream"))
            #expect(sight.events["connected"]?.times.count == 1)
            #expect(sight.comments.count > 2)
            #expect(sight.ends.all.isEmpty)
            #expect(sight.tlsVersion == (tls ? "TLSv1.3" : nil))
            #expect(sight.certificateProblem == (tls ? "TLS_SELF_SIGNED_CERTIFICATE" : nil))
            // The server is this process.
            #expect(sight.hasReadableProcess)
        }
    }

    @Test func whatIsNoEventStreamIsNamed() throws {
        let server = try Server()
        for (path, name) in [("/nothing", "HTTP_404"), ("/debug/state", "NOT_AN_EVENT_STREAM")] {
            do {
                _ = try EndpointLook(TapOptions(url: server.address(path))).look()
                Issue.record("no error")
            } catch {
                #expect(error.name == name)
            }
        }
    }
}
