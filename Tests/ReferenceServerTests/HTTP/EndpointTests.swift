import EventStream
import HTTP
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

@Suite(Turn.sideBySide) struct EndpointTests {
    @Test func eventStreamBeginsWithTheId() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        try client.sendRequest("GET", "/events?topics=a,b,,a")
        let head = try client.head()
        #expect(head.status == 200)
        #expect(head.contentType == "text/event-stream")
        #expect(head.value(of: "cache-control") == "no-store")
        #expect(try head.bodyFraming() == .chunked)
        #expect(head.value(of: "date")?.hasSuffix(" GMT") == true)
        try client.read(until: "event: connected\nid: 0\ndata: {\"id\":\"")
        #expect(ClientID(try client.read(until: "\"}\n\n")) != nil)
        #expect(try fixture.eventually { try fixture.gauge("subscriptions") == 2 })
        #expect(try fixture.gauge("clients") == 1)
        #expect(try fixture.gauge("timers") == 1)
        #expect(try fixture.gauge("sockets") == 2)
    }

    @Test func oldClientGetsAnUnframedStream() throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        try client.send("GET /events?topics=a HTTP/1.0\r\n\r\n")
        let head = try client.head()
        #expect(head.value(of: "transfer-encoding") == nil)
        #expect(try client.read(until: "event: connected\n").isEmpty)
    }

    @Test func subscribeBroadcastUnsubscribe() throws {
        let fixture = try ServerFixture()
        let (client, id) = try fixture.stream()
        #expect(try fixture.observer.request("POST", "/subscribe?id=\(id)&topics=news,sport").status == 204)
        #expect(try fixture.gauge("subscriptions") == 2)
        let first = try fixture.observer.request("POST", "/broadcast?topic=news", body: "hello\nworld")
        #expect(first.body == "{\"reached\":1}\n")
        try client.read(until: "data: hello\ndata: world\n\n")
        #expect(try fixture.observer.request("POST", "/unsubscribe?id=\(id)&topics=news").status == 204)
        let second = try fixture.observer.request("POST", "/broadcast?topic=news", body: "unheard")
        #expect(second.body == "{\"reached\":0}\n")
        #expect(try fixture.metric("sse_events_sent_total") == 2)
    }

    @Test func chunkedBodyIsAccepted() throws {
        let fixture = try ServerFixture()
        let (client, _) = try fixture.stream("?topics=a%20b")
        try fixture.observer.send(
            "POST /broadcast?topic=a+b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
        )
        #expect(try fixture.observer.response().body == "{\"reached\":1}\n")
        try client.read(until: "data: hello\n\n")
    }

    @Test func healthStateAndMetrics() throws {
        let fixture = try ServerFixture()
        #expect(try fixture.observer.request("GET", "/healthz").body == "ok\n")
        let state = try fixture.observer.request("GET", "/debug/state")
        #expect(state.body == ServerFixture.emptyState)
        #expect(state.fields.value(of: "content-type") == "application/json")
        let metrics = try fixture.observer.request("GET", "/metrics")
        #expect(metrics.fields.value(of: "content-type")?.hasPrefix("text/plain; version=0.0.4") == true)
        #expect(metrics.body.contains("# HELP sse_clients "))
        #expect(metrics.body.contains("# TYPE sse_clients gauge\nsse_clients 0\n"))
        #expect(metrics.body.contains("# TYPE sse_heartbeats_total counter\nsse_heartbeats_total 0\n"))
    }

    @Test(arguments: Endpoint.allCases.filter { $0.methods.contains("HEAD") })
    func headHasTheHeadOnly(_ endpoint: Endpoint) throws {
        let fixture = try ServerFixture()
        let head = try fixture.observer.request("HEAD", endpoint.rawValue)
        #expect(head.status == 200)
        // The next response on the connection begins where this one ended.
        #expect(try fixture.observer.request("GET", "/healthz").body == "ok\n")
        #expect(try fixture.gauge("clients") == 0)
        #expect((head.fields.value(of: "content-length") == nil) == (endpoint == .events))
    }

    @Test(arguments: Endpoint.allCases)
    func otherMethodsAreNotAllowed(_ endpoint: Endpoint) throws {
        let fixture = try ServerFixture()
        let response = try fixture.observer.request("DELETE", endpoint.rawValue)
        #expect(response.status == 405)
        #expect(response.fields.value(of: "allow") == endpoint.methods.joined(separator: ", "))
    }

    @Test func optionsSayWhatIsAllowed() throws {
        let fixture = try ServerFixture()
        let response = try fixture.observer.request(
            "OPTIONS",
            "/events",
            fields: [HTTPField("Origin", "https://a.example")]
        )
        #expect(response.status == 204)
        #expect(response.fields.value(of: "allow") == "GET, HEAD, OPTIONS")
        #expect(response.fields.value(of: "access-control-allow-origin") == "*")
        #expect(response.fields.value(of: "content-length") == nil)
    }

    @Test(arguments: [false, true])
    func streamConfirmsThatItCloses(_ closes: Bool) throws {
        let fixture = try ServerFixture()
        let client = try fixture.client()
        try client.sendRequest("GET", "/events", fields: closes ? [HTTPField("Connection", "close")] : [])
        let head = try client.head()
        #expect(head.value(of: "connection") == (closes ? "close" : nil))
        #expect(try head.bodyFraming() == .chunked)
    }

    @Test func unknownPathIsNotFound() throws {
        let fixture = try ServerFixture()
        #expect(try fixture.observer.request("GET", "/nothing").status == 404)
        #expect(try fixture.observer.request("POST", "/subscribe?id=0123456789abcdef&topics=a").status == 404)
    }

    @Test(arguments: [
        ("/subscribe?topics=a", "lacks \"id\""),
        ("/subscribe?id=x&topics=a", "16 lower-case"),
        ("/subscribe?id=0123456789abcdef", "names no topic"),
        ("/broadcast", "lacks \"topic\""),
        ("/broadcast?topic=", "is empty"),
        ("/broadcast?topic=" + String(repeating: "t", count: 257), "longer than 256"),
        ("/unsubscribe?id=0123456789abcdef&topics=,", "names no topic"),
    ])
    func badRequestSaysWhatIsWrong(_ target: String, _ reason: String) throws {
        let fixture = try ServerFixture()
        let response = try fixture.observer.request("POST", target, body: "x")
        #expect(response.status == 400)
        #expect(response.body.contains(reason))
    }

    @Test func bodyThatIsNotTextIsRefused() throws {
        let fixture = try ServerFixture()
        let head = "POST /broadcast?topic=a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"
        try fixture.observer.send(Array(head.utf8) + [0xC3, 0x28])
        #expect(try fixture.observer.response().status == 400)
    }
}
