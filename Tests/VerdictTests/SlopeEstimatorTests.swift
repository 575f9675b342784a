import Record
import Testing
import Verdict
import Vocabulary

@Suite struct SlopeEstimatorTests {
    @Test func aLeakIsToldAnHourAndForAThousandConnections() throws {
        let slope = try #require(SlopeEstimator(record: Made.soak { $0 / 20 }).slopes.first)
        #expect(slope.seriesName == "state.clients")
        #expect(abs(slope.perHour.value - 180) < 1)
        #expect(abs(try #require(slope.per1000Connections).value - 0.1) < 0.001)
        #expect(slope.connections > 140_000)
        #expect(abs(slope.rise - 15) < 0.5)
        #expect(slope.isGrowing)
        #expect(slope.start >= 10)
        #expect(slope.end <= 310)
    }

    @Test func onlyTheConstantLoadIsLookedAt() throws {
        let record = Made.soak { $0 < 10 || $0 > 310 ? 1_000 * $0 : 5 }
        let slope = try #require(SlopeEstimator(record: record).slopes.first)
        #expect(slope.perHour == .init(value: 0, low: 0, high: 0))
        #expect(!slope.isGrowing)
    }

    @Test func shortOrSeldomReadOrUnreadGaugesHaveNone() {
        var record = Made.soak { $0 }
        record.steady = SteadySpan(start: 10, end: 39)
        #expect(SlopeEstimator(record: record).slopes.isEmpty)
        record.steady = nil
        #expect(SlopeEstimator(record: record).slopes.isEmpty)
        record.steady = SteadySpan(start: 10, end: 310)
        record.series["state.clients"] = nil
        #expect(SlopeEstimator(record: record).slopes.isEmpty)
        record.series["state.clients"] = Series(unit: "count")
        for second in stride(from: 10.0, to: 310, by: 20) { record.series["state.clients"]?.add(second, second) }
        #expect(SlopeEstimator(record: record).slopes.isEmpty)
    }

    @Test func withoutConnectionsThereIsNoRateForThem() throws {
        var record = Made.soak { $0 }
        record.series["arrivals"] = nil
        let slope = try #require(SlopeEstimator(record: record).slopes.first)
        #expect(slope.connections == 0)
        #expect(slope.per1000Connections == nil)
        #expect(slope.isGrowing)
    }

    @Test func totalsOnlyGrow() {
        var record = Made.soak { $0 }
        record.gauges[0].unit = .total
        #expect(SlopeEstimator(record: record).slopes.isEmpty)
    }

    @Test func gaugesThatOpenLazilyHaveASlack() throws {
        for (name, isGrowing) in [("fds", false), ("clients", true)] {
            var record = Made.soak { $0 / 200 }
            record.gauges = [Made.gauge(name)]
            record.series["state.\(name)"] = record.series["state.clients"]
            #expect(try #require(SlopeEstimator(record: record).slopes.first).isGrowing == isGrowing)
        }
    }

    @Test func numbersOfAFileDoNotTrap() {
        var record = Made.soak { $0 < 100 ? .infinity : 1e308 * ($0 > 200 ? -1 : 1) }
        #expect(SlopeEstimator(record: record).slopes.allSatisfy { $0.perHour.value.isFinite })
        record.series["arrivals"]?.v[50] = .nan
        record.series["state.clients"]?.t.reverse()
        record.series["state.clients"]?.t[3] = .nan
        record.series["state.clients"]?.v.removeLast(7)
        _ = SlopeEstimator(record: record).slopes
        record.steady = SteadySpan(start: -.infinity, end: .infinity)
        _ = SlopeEstimator(record: record).slopes
    }
}
