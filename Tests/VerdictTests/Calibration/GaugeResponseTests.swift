import Record
import Testing
import Verdict

/// Gauges of every kind, as a server would show them to a wave of 13 streams.
@Suite struct GaugeResponseTests {
    /// Opens 13 streams over 0.3 s from 1 s on, ends them at 2 s, and looks every 0.05 s until 20 s.
    private func wave(quiet: [Double] = [0, 0, 0], until end: Double = 20, _ value: (Double) -> Double)
        -> GaugeCalibration
    {
        var response = GaugeResponse(quiet: quiet)!
        response.open(at: 1)
        var time = 1.0
        var stood = false
        var closed = false
        while time < end {
            if !stood, time >= 1.3 { (stood, _) = (true, response.stand(13, at: time)) }
            if !closed, time >= 2 { (closed, _) = (true, response.close(at: time)) }
            response.note(value(time), at: time)
            time += 0.05
        }
        return response.calibration
    }

    /// Streams that stand open at a moment, opened one by one.
    private func open(_ time: Double) -> Double {
        time < 1 || time >= 2 ? 0 : min(13, ((time - 1) / 0.3 * 13).rounded(.down))
    }

    @Test func anHonestCountHasAFactorAndNoLag() {
        let seen = wave { open($0) }
        #expect(seen.streams == 13)
        #expect(seen.perStream == 1)
        #expect(seen.low == 1 && seen.high == 1)
        #expect(seen.openingLag == 0)
        #expect(seen.endingLag.map { $0 < 0.1 } == true)
        #expect(seen.left == [0])
        #expect(seen.hasFallen && !seen.alternates)
    }

    @Test func twoUnitsAStreamAreTwo() {
        #expect(wave { 2 * open($0) }.perStream == 2)
    }

    @Test func oneThatStandsStillNeverMoved() {
        let seen = wave(quiet: [7, 7]) { _ in 7 }
        #expect(!seen.hasMoved)
        #expect(seen.perStream == nil && seen.endingLag == nil && seen.left == [])
    }

    @Test func aCacheFallsAtOnceAndLate() throws {
        // Refreshed at 1.7 s and 6.7 s.
        let seen = wave { time in time < 1.7 ? 0 : time < 6.7 ? 13 : 0 }
        let opening = try #require(seen.openingLag)
        let ending = try #require(seen.endingLag)
        #expect((0.3...0.5).contains(opening))
        #expect((4.6...4.8).contains(ending))
        #expect(seen.fellAtOnce)
    }

    @Test func timersFallOneByOne() {
        let seen = wave { time in
            time < 2 ? open(time) : time < 5 ? 13 : max(0, 13 - ((time - 5) / 0.3 * 13).rounded(.down))
        }
        #expect(!seen.fellAtOnce)
        #expect(seen.endingLag.map { $0 > 3 } == true)
    }

    @Test func whatStaysIsLeft() {
        let seen = wave { time in time < 2 ? open(time) : 13 }
        #expect(seen.left == [13])
        #expect(seen.endingLag == nil)
        #expect(!seen.hasFallen)
    }

    @Test func readingsOfSeveralProcessesAlternate() {
        let shares = [3.0, 6, 4]
        var turn = 0
        let seen = wave { time in
            turn += 1
            return time < 1.3 || time >= 2 ? 0 : shares[turn % 3]
        }
        #expect(seen.alternates)
    }

    /// Other clients that stood still before the first stream, and then come and go.
    @Test(arguments: [1.0, 3]) func aNeighbourThatStirsOnlyLaterIsNoProcess(clients: Double) {
        var turn = 0
        let seen = wave(quiet: [clients, clients, clients]) { time in
            turn += 1
            return open(time) + (time < 1.3 || turn % 2 == 0 ? clients : 0)
        }
        #expect(!seen.alternates)
    }

    /// A neighbour that comes and goes is noise: it widens the interval.
    @Test func noiseWidensTheInterval() throws {
        var turn = 0
        let seen = wave(quiet: [0, 1, 0, 1]) { time in
            turn += 1
            return open(time) + Double(turn % 2)
        }
        #expect(!seen.alternates)
        #expect(seen.noise == 1)
        let (low, high) = (try #require(seen.low), try #require(seen.high))
        #expect(low < 1 && high > 1 && low > 0.7)
    }

    /// A sweep after the second wave takes away what both left.
    @Test func aLateSweepReturnsBothWaves() {
        var response = GaugeResponse(quiet: [0])!
        var value = 0.0
        for (start, held) in [(1.0, 13.0), (3.0, 26.0)] {
            response.open(at: start)
            response.stand(13, at: start + 0.3)
            value = held
            for step in 0..<10 { response.note(value, at: start + 0.3 + Double(step) * 0.05) }
            response.close(at: start + 0.8)
            response.note(value, at: start + 0.9)
        }
        #expect(!response.hasReturned)
        response.note(value, at: 7.9)
        response.note(0, at: 8)
        #expect(response.hasReturned)
        let seen = response.calibration
        #expect(seen.left == [0, 0])
        #expect(seen.fellAtOnce)
        #expect(seen.endingLag.map { $0 > 6 } == true)
    }

    /// A sweep as the second wave opens takes away what the first left: the second is still seen to go late.
    @Test func aSweepWhileAWaveOpensIsSeen() {
        var response = GaugeResponse(quiet: [0, 0])!
        response.open(at: 1)
        response.stand(13, at: 1.3)
        for step in 0..<8 { response.note(13, at: 1.3 + Double(step) * 0.05) }
        response.close(at: 1.7)
        for step in 0..<40 { response.note(13, at: 1.7 + Double(step) * 0.05) }
        response.open(at: 3.7)
        for (time, value) in [(3.75, 16.0), (3.8, 20), (3.85, 22), (3.9, 11)] { response.note(value, at: time) }
        response.stand(13, at: 4)
        for step in 0..<8 { response.note(13, at: 4 + Double(step) * 0.05) }
        response.close(at: 4.4)
        response.note(13, at: 5)
        #expect(!response.hasReturned)
        response.note(13, at: 11.8)
        response.note(0, at: 11.9)
        let seen = response.calibration
        #expect(seen.left == [0, 0])
        #expect(seen.fellAtOnce)
        #expect(seen.endingLag.map { $0 > 7 } == true)
        #expect(seen.perStream == 1)
    }

    @Test func withoutAReadingThereIsNothing() {
        #expect(GaugeResponse(quiet: []) == nil)
    }
}
