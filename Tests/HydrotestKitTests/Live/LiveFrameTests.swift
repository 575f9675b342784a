import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct LiveFrameTests {
    private let thresholds = [
        MadeSnapshot.threshold(.latency(.connect, .p99), .less, 1),
        MadeSnapshot.threshold(.connections(.failed), .equal, 0),
        MadeSnapshot.threshold(.connections(.peak), .greater, 10),
    ]

    private func frame(width: Int, height: Int, color: Bool = false) -> [String] {
        var history = LiveHistory()
        var snapshot = MadeSnapshot.moment(0)
        for second in 0...30 {
            snapshot = MadeSnapshot.moment(
                Double(second),
                open: 10 * second,
                counts: MadeSnapshot.counts(started: 20 * second, failed: second, dropped: 10 * second, events: 0),
                gauges: MadeSnapshot.gauges,
                thresholds: thresholds
            )
            history.append(snapshot)
        }
        return LiveFrame(snapshot, history: history, width: width, height: height, color: color).lines()
    }

    @Test func everyFigureHasItsLine() {
        let lines = frame(width: 100, height: 40)
        #expect(lines[0] == "made · load · 00:30")
        #expect(lines[1].hasPrefix("  streams") && lines[1].contains(" 300  ▁"))
        #expect(lines[2].hasPrefix("  600 of 2,000 started") && lines[2].contains("20.0/s"))
        #expect(lines[3].hasPrefix("  0 events"))
        #expect(lines[4].hasPrefix("  300 drops") && lines[4].contains("10.0/s"))
        #expect(lines[5].hasPrefix("  30 failures"))
        // What is broken stands first.
        #expect(lines[6].hasPrefix("  ✗ connections.failed == 0.0") && lines[6].hasSuffix(" 30"))
        #expect(lines[7].hasPrefix("  · connect.p99 < 1.0") && lines[7].hasSuffix("at the end"))
        #expect(lines[8].hasPrefix("  ✓ connections.peak > 10.0"))
        #expect(lines[9].contains("1,234"))
        #expect(lines[10].contains("3.00 MiB"))
        #expect(lines[11].contains("gap"))
        #expect(lines.count == 12)
    }

    @Test(arguments: [(20, 3), (30, 8), (40, 12), (80, 24), (300, 100)])
    func noLineLeavesTheTerminal(width: Int, height: Int) {
        for color in [false, true] {
            let lines = frame(width: width, height: height, color: color)
            #expect(lines.count < height)
            #expect(lines.allSatisfy { LiveScreen.columns($0) < width })
        }
    }

    @Test func whatHasNoRoomIsCounted() {
        let lines = frame(width: 80, height: 9)
        #expect(lines.count == 8)
        #expect(lines.last == "  and 5 more")
        #expect(lines[6].contains("✗"))
    }

    @Test func onlyColoursMakeTheDifference() {
        let colored = frame(width: 100, height: 40, color: true)
        #expect(colored[6].hasPrefix("\u{1B}[31m"))
        let plain = colored.map { line in
            line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        }
        #expect(plain == frame(width: 100, height: 40))
    }

    @Test func namesCannotMoveTheCursor() {
        var snapshot = MadeSnapshot.moment(0)
        snapshot.profile = "a\u{1B}[2Jb"
        let lines = LiveFrame(snapshot, history: LiveHistory(), width: 80, height: 24, color: false).lines()
        #expect(lines[0] == "ab · load · 00:00")
    }

    @Test(arguments: [(0.0, "00:00"), (59.9, "00:59"), (61, "01:01"), (3_723, "1:02:03"), (-1, "00:00")])
    func timeIsReadAsOnAClock(seconds: Double, text: String) {
        #expect(LiveFrame.clock(seconds) == text)
    }
}
