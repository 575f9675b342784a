import EventLoop
import Glibc
import HTTP
import Load
import Record
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

@Suite(Turn.sideBySide) struct BystanderWatchTests {
    private func watch(
        _ port: UInt16,
        every: Nanoseconds = 20 * .perMillisecond,
        timeout: Nanoseconds = 5 * .perSecond,
        expect: Int? = nil
    ) throws -> BystanderWatch {
        var bystander = try LoadBystander(
            name: "health",
            url: "http://127.0.0.1/healthz",
            every: every,
            timeout: timeout,
            targets: [SocketAddress("127.0.0.1", port: port)].compactMap(\.self),
            tls: nil,
            method: "GET",
            path: "/healthz",
            fields: [HTTPField("Host", "localhost")],
            body: nil
        )
        bystander.expect = expect
        return BystanderWatch([bystander])
    }

    private func server(_ status: String = "200 OK", delay: UInt32 = 0) throws -> ScriptedServer {
        try ScriptedServer { connection in
            try connection.readRequest()
            connection.pause(delay)
            try connection.write("HTTP/1.1 \(status)\r\nContent-Length: 2\r\n\r\nok")
            return nil
        }
    }

    /// Each answer takes much longer than the period: an open loop goes on all the same, and each counts from its moment.
    @Test func theScheduleDoesNotWaitForTheServer() throws {
        let server = try server(delay: 200)
        let watch = try watch(server.port)
        try watch.begin(\.before)
        usleep(600_000)
        watch.end()
        let part = watch.records[0].before
        #expect(part.sent >= 15)
        #expect(part.answered == part.sent)
        #expect(try #require(part.latency.value(atPercentile: 1)) >= 200 * .perMillisecond)
        #expect(watch.records[0].beside.isEmpty)
    }

    @Test func withoutStreamsNothingIsAskedBeside() throws {
        let server = try server()
        let watch = try watch(server.port)
        try watch.begin(\.beside, beside: LoadProgress())
        usleep(200_000)
        watch.end()
        #expect(watch.records[0].beside.sent == 0)
    }

    @Test func failuresAreNamed() throws {
        let server = try server("503 Busy")
        let refused = try watch(server.port)
        try refused.begin(\.after)
        usleep(200_000)
        refused.end()
        let part = refused.records[0].after
        #expect(part.answered == 0)
        #expect(Array(part.errors.keys) == ["HTTP_503"])
        #expect(part.failedShare == 1)

        let expected = try watch(server.port, expect: 503)
        try expected.begin(\.after)
        usleep(200_000)
        expected.end()
        #expect(expected.records[0].after.failed == 0)
        #expect(expected.records[0].after.answered > 0)
    }

    @Test func oneThatTakesTooLongTimesOut() throws {
        let server = try server(delay: 2_000)
        let watch = try watch(server.port, every: 100 * .perMillisecond, timeout: 100 * .perMillisecond)
        try watch.begin(\.before)
        usleep(450_000)
        watch.end()
        let part = watch.records[0].before
        #expect(part.errors["TIMEOUT_ANSWER"] ?? 0 >= 3)
        #expect(part.latency.isEmpty)
    }
}
