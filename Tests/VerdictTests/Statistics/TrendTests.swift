import Testing

@testable import Verdict

/// Trends of series as a probe reads them: every quarter of a second for five minutes.
@Suite struct TrendTests {
    static let times = (0..<1_200).map { Double($0) / 4 }

    /// Series without a trend, as servers' gauges show them.
    enum Kind: UInt64, CaseIterable, Sendable {
        case white, dependent, slow, sawtooth, collector, warmUp, inFlight, pool
    }

    static func made(_ kind: Kind, _ noise: inout Noise) -> [Double] {
        switch kind {
        case .white: return times.map { _ in 100 + 5 * noise.normal() }
        case .dependent: return noise.dependent(times.count, by: 0.9)
        case .slow:
            let values = noise.dependent(times.count / 12, by: 0.9)
            return times.indices.map { values[$0 / 12] }
        case .sawtooth:
            let (period, offset) = (2 + 38 * noise.uniform(), 40 * noise.uniform())
            return times.map { ($0 + offset).truncatingRemainder(dividingBy: period) + 0.2 * noise.normal() }
        case .collector:
            var (heap, limit) = (0.0, 100.0)
            return times.map { _ in
                heap += noise.uniform() * 2
                if heap > limit { (heap, limit) = (0, 50 + 100 * noise.uniform()) }
                return heap
            }
        case .warmUp:
            let step = 5 + 50 * noise.uniform()
            return times.map { ($0 < step ? 0 : 50) + 2 * noise.normal() }
        case .inFlight: return times.map { _ in noise.poisson(6) }
        case .pool:
            let step = 300 * noise.uniform()
            return times.map { ($0 < step ? 10 : 12) + 0.3 * noise.normal() }
        }
    }

    /// The whole of what a gauge goes through: its warm-up is cut off, then its trend is looked at.
    static func trend(_ values: [Double]) -> Trend? {
        let cut = WarmUp.length(of: values)
        return Trend(times: Array(times[cut...]), values: Array(values[cut...]))
    }

    /// 1,000 series in all, of which one in 200 may be falsely accused; each kind may have one such in its 125.
    @Test(arguments: Kind.allCases)
    func seriesWithoutATrendDoNotGrow(kind: Kind) throws {
        var found = 0
        for seed in 0..<125 as Range<UInt64> {
            var noise = Noise(seed: kind.rawValue * 1_000 + seed)
            if try #require(Self.trend(Self.made(kind, &noise))).isGrowth { found += 1 }
        }
        #expect(found <= 1)
    }

    /// One in 10,000 at 500 drops a second, beside six connections in flight: 15 in five minutes.
    @Test func aLeakOfOneInTenThousandGrows() throws {
        var regular = 0
        var random = 0
        for seed in 0..<50 as Range<UInt64> {
            var noise = Noise(seed: seed)
            let inFlight = Self.made(.inFlight, &noise)
            let steps = zip(Self.times, inFlight).map { ($0 / 20).rounded(.down) + $1 }
            let trend = try #require(Self.trend(steps))
            if trend.isGrowth, trend.low < 0.05, trend.high > 0.05 { regular += 1 }
            var leaked = 0.0
            let chances = inFlight.map { value in
                if noise.uniform() < 0.0125 { leaked += 1 }
                return leaked + value
            }
            if try #require(Self.trend(chances)).isGrowth { random += 1 }
        }
        #expect(regular >= 49)
        #expect(random >= 40)
    }

    @Test func aFallIsNoGrowth() throws {
        let trend = try #require(Trend(times: Self.times, values: Self.times.map { -$0 }))
        #expect(abs(trend.slope + 1) < 1e-9)
        #expect(trend.p < 1e-6)
        #expect(!trend.isGrowth)
    }

    @Test func aStraightRiseIsGrowth() throws {
        let trend = try #require(Trend(times: Self.times, values: Self.times.map { 3 * $0 }))
        #expect(abs(trend.slope - 3) < 1e-9)
        #expect(trend.isGrowth)
        #expect((VerdictLimits.fewestTrendBins...VerdictLimits.trendBins).contains(trend.bins))
    }

    @Test func dependentSamplesComeInFewerBins() throws {
        var noise = Noise(seed: 8)
        #expect(try #require(Trend(times: Self.times, values: Self.made(.white, &noise))).bins == 160)
        #expect(try #require(Trend(times: Self.times, values: Self.made(.slow, &noise))).bins == 40)
    }

    @Test func fewSamplesHaveNone() {
        #expect(Trend(times: (0..<29).map { Double($0) }, values: (0..<29).map { Double($0) }) == nil)
        // Many, but all at two moments.
        let times = (0..<40).map { $0 < 20 ? 0.0 : 100 }
        #expect(Trend(times: times, values: times) == nil)
    }

    @Test func aConstantHasNone() throws {
        let trend = try #require(Trend(times: Self.times, values: Self.times.map { _ in 7 }))
        #expect(trend.slope == 0)
        #expect(trend.p == 1)
        #expect(!trend.isGrowth)
    }
}
