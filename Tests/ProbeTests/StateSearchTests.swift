import EventLoop
import Glibc
import TestTurns
import Testing
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct StateSearchTests {
    private static let list = #"[{"webSocketDebuggerUrl": "ws://127.0.0.1:1/x"}]"#

    private static func answer(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// The first question goes unanswered, as on a machine that is busy; the second is answered.
    @Test func aPortThatDoesNotAnswerSoonIsAskedAgain() throws {
        let server = try ScriptedServer([
            [.readRequest(), .hold], [.readRequest(), .send(Self.answer(Self.list))],
        ])
        let patience = 5 * Nanoseconds.perSecond
        let answer = StateSearch().inspector(among: [server.port], patience: patience)
        #expect(answer == .found(TargetURL(tls: false, host: "127.0.0.1", port: server.port, path: "/")))
        #expect(server.finish().count == 2)
    }

    @Test func aPortThatNeverAnswersIsToldInTime() throws {
        let server = try ScriptedServer([[.readRequest(), .hold]])
        let started = MonotonicClock.now()
        let answer = StateSearch().inspector(among: [server.port], patience: 300 * .perMillisecond)
        #expect(answer == .none(silent: [server.port]))
        #expect(MonotonicClock.now() - started < 5 * .perSecond)
        _ = server.finish()
    }

    @Test(arguments: ["[]", "no JSON", #"{"a": 1}"#, #"[{"a": 1}]"#])
    func whatIsNoInspectorIsNotSilent(body: String) throws {
        let server = try ScriptedServer([[.readRequest(), .send(Self.answer(body))]])
        #expect(StateSearch().inspector(among: [server.port], patience: .perSecond) == .none(silent: []))
        _ = server.finish()
    }
}
