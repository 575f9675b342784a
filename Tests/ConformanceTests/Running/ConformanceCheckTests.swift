import EventLoop
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

@testable import Conformance

@Suite(Turn.sideBySide) struct ConformanceCheckTests {
    private static let patience = CheckPatience(
        connect: 30 * .perSecond,
        head: 20 * .perMillisecond,
        briefly: 20 * .perMillisecond
    )

    @Test func aServerThatNeverAnswersFailsAndEnds() throws {
        let server = try ScriptedServer { connection in
            _ = connection.readToEnd()
            return nil
        }
        defer { server.stop() }
        var options = CheckOptions(url: TargetURL(tls: false, host: "127.0.0.1", port: server.port, path: "/"))
        options.wait = 1
        let result = try ConformanceCheck(options, patience: Self.patience).run()
        #expect(!result.passed)
        #expect(
            result.results.first?.outcome == .failed(expected: "a response with status 200", actual: "TIMEOUT_HEADERS")
        )
        #expect(result.results.count == ConformanceSuite.numbers.count)
    }

    /// What came before the signal is judged; of the rest nothing is said, least of all that it failed.
    @Test func anInterruptedCheckJudgesWhatItHas() throws {
        let server = try ScriptedServer { connection in
            let request = try connection.readRequest()
            if String(decoding: request, as: UTF8.self).contains("Host:") {
                _ = connection.readToEnd()
            } else {
                try connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            }
            return nil
        }
        defer { server.stop() }
        var options = CheckOptions(url: TargetURL(tls: false, host: "127.0.0.1", port: server.port, path: "/"))
        // More exchanges than are carried out at a time would keep the one that is answered waiting.
        options.selection.only = [CaseNumber(section: 1, number: 1), CaseNumber(section: 7, number: 6)]
        let started = MonotonicClock.now()
        let patience = CheckPatience(connect: 30 * .perSecond, head: 60 * .perSecond, briefly: 60 * .perSecond)
        let check = ConformanceCheck(options, patience: patience) {
            MonotonicClock.now() > started + 2 * .perSecond
        }
        let result = try check.run()
        #expect(MonotonicClock.now() - started < 30 * .perSecond)
        #expect(result.interrupted)
        #expect(result.passed)
        let outcomes = Dictionary(result.results.map { ($0.number.description, $0.outcome) }) { first, _ in first }
        #expect(outcomes["7.6"] == .passed)
        #expect(outcomes["1.1"] == .notMeasured("interrupted"))
        #expect(CheckText(color: false).lines(result).last?.hasPrefix("interrupted: ") == true)
        #expect(CheckDocument(result).interrupted == true)
    }

    @Test func aClosedPortIsUnreachable() throws {
        // A port that was free a moment ago.
        let listener = try Socket.listen(on: try #require(SocketAddress("127.0.0.1", port: 0)))
        let port = try Socket.localAddress(listener).port
        Socket.close(listener)
        let options = CheckOptions(url: TargetURL(tls: false, host: "127.0.0.1", port: port, path: "/"))
        #expect(throws: CheckError.unreachable("ECONNREFUSED")) { try ConformanceCheck(options).run() }
    }

    @Test func onlyWhatIsAskedForIsSent() throws {
        let server = try ScriptedServer { connection in
            let request = try connection.readRequest()
            try connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return ScriptedServer.Seen(request, ending: "")
        }
        var options = CheckOptions(url: TargetURL(tls: false, host: "127.0.0.1", port: server.port, path: "/"))
        options.selection.only = [CaseNumber(section: 7, number: 6)]
        let result = try ConformanceCheck(options).run()
        #expect(result.results.map(\.outcome) == [.passed])
        // The connection that looks whether anybody is there, and the request.
        let requests = server.stop().map { String(decoding: $0.bytes, as: UTF8.self) }.filter { !$0.isEmpty }
        #expect(requests.count == 1)
        #expect(requests.first?.contains("Host:") == false)
    }
}
