import EventLoop
import EventStream
import Glibc
import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct AnswerIdentityTests {
    /// What a reader makes of one answer.
    private func identity(_ body: String, fields: String = "") throws -> AnswerIdentity? {
        let answer = "HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let server = try ScriptedServer([[.readRequest(), .send(answer)]])
        defer { _ = server.finish() }
        let reader = try HTTPGaugeReader(
            probe: "state",
            url: server.url("/state"),
            gauges: [ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients")],
            timeout: 10 * .perSecond
        )
        #expect(reader.identity == nil)
        _ = reader.read()
        return reader.identity
    }

    @Test(arguments: [
        (#"{"pid": 4711, "clients": 1}"#, "/pid", "4711"), (#"{"workerId": "w-2"}"#, "/workerId", "w-2"),
        (#"{"hostname": "a", "pid": 1}"#, "/pid", "1"),
    ])
    func aMemberNamesTheProcess(body: String, source: String, value: String) throws {
        #expect(try identity(body) == AnswerIdentity(source: source, value: value))
    }

    @Test(arguments: [
        ("X-Instance: web-1\r\n", "x-instance", "web-1"),
        ("Server-Timing: db;dur=5, instance;desc=\"web-2\"\r\n", "server-timing", "web-2"),
    ])
    func aFieldNamesTheProcess(fields: String, source: String, value: String) throws {
        #expect(try identity("{}", fields: fields) == AnswerIdentity(source: source, value: value))
    }

    @Test(arguments: [
        #"{"clients": 1}"#, #"{"worker": {"pid": 1}}"#, #"{"pid": 1.5}"#, #"{"pid": null}"#, #"[{"pid": 1}]"#, "<html>",
    ])
    func mostAnswersNameNobody(body: String) throws {
        #expect(try identity(body, fields: "Server-Timing: db;dur=5\r\n") == nil)
    }

    @Test func aFreshConnectionMayMeetAnother() throws {
        func answer(_ pid: Int) -> String {
            let body = #"{"pid": \#(pid), "clients": \#(pid)}"#
            return "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        let server = try ScriptedServer([
            [.readRequest(), .send(answer(1)), .readRequest(), .send(answer(1)), .hold],
            [.readRequest(), .send(answer(2)), .hold],
        ])
        do {
            let reader = try HTTPGaugeReader(
                probe: "state",
                url: server.url("/state"),
                gauges: [ProbeOptions.HTTPGauge(name: "clients", pointer: "/clients")],
                timeout: 10 * .perSecond
            )
            #expect(reader.read() == [.value(1)])
            #expect(reader.read() == [.value(1)])
            #expect(reader.readAfresh() == [.value(2)])
            #expect(reader.identity == AnswerIdentity(source: "/pid", value: "2"))
        }
        #expect(server.finish().count == 3)
    }

    /// The kernel knows whose socket an accepted connection is; one that nobody has accepted is nobody's.
    @Test func theHolderOfAConnectionIsFound() throws {
        let listener = try Socket.listen(on: try #require(SocketAddress("127.0.0.1", port: 0)))
        defer { Socket.close(listener) }
        let address = try Socket.localAddress(listener)
        let client = try Socket.connect(to: address)
        defer { Socket.close(client) }
        let local = try Socket.localAddress(client).port
        let processes = try InstanceProcesses(port: address.port, children: false)
        let candidates = try processes.current()
        #expect(processes.holder(local: local, remote: address.port, among: candidates) == nil)
        let accepted = try #require(try Socket.accept(listener))
        defer { Socket.close(accepted) }
        let holder = processes.holder(local: local, remote: address.port, among: candidates)
        #expect(holder?.pid == getpid())
        #expect(processes.connections(toPort: address.port, among: candidates)[getpid()]?.count == 1)
    }
}
