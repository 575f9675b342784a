import Testing

@testable import HydrotestKit

@Suite struct LiveViewTests {
    @Test(
        arguments: [
            (true, ["TERM": "xterm"], false, .screen(color: true)),
            (true, ["TERM": "xterm", "NO_COLOR": "1"], false, .screen(color: false)),
            (true, ["TERM": "xterm", "NO_COLOR": ""], false, .screen(color: true)),
            (true, ["TERM": "dumb"], false, .lines),
            (true, [:], false, .lines),
            (false, ["TERM": "xterm"], false, .lines),
            (true, ["TERM": "xterm"], true, .silent),
            (false, [:], true, .silent),
        ] as [(Bool, [String: String], Bool, LiveView.Manner)]
    )
    func theTerminalAndItsUserDecide(
        isTerminal: Bool,
        environment: [String: String],
        silent: Bool,
        manner: LiveView.Manner
    ) {
        #expect(LiveView.manner(isTerminal: isTerminal, environment: environment, silent: silent) == manner)
    }

    @Test(arguments: [LiveView.Manner.lines, .silent]) func aViewEndsWhenItIsTold(manner: LiveView.Manner) throws {
        let monitor = RunMonitor(profile: "made", thresholds: [], startedAt: 0)
        let view = try LiveView(monitor, manner: manner)
        view.stop()
    }
}
