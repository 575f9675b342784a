import Record
import Testing
import Vocabulary

@testable import Report

/// The files as HdrHistogram's own HistogramLogProcessor (Java, 2.1.11) writes and reads them.
@Suite struct HistogramFileTests {
    /// What HistogramLogProcessor made of the log below, with `-tag connect -outputValueUnitRatio 1000000`.
    private static let distribution = """
               Value     Percentile TotalCount 1/(1-Percentile)

               0.001 0.000000000000          2           1.00
               1.000 0.100000000000         92           1.11
               1.000 0.200000000000         92           1.25
               1.000 0.300000000000         92           1.43
               1.000 0.400000000000         92           1.67
               1.000 0.500000000000         92           2.00
               1.000 0.550000000000         92           2.22
               1.000 0.600000000000         92           2.50
               1.000 0.650000000000         92           2.86
               1.000 0.700000000000         92           3.33
               1.000 0.750000000000         92           4.00
               1.000 0.775000000000         92           4.44
               1.000 0.800000000000         92           5.00
               1.000 0.825000000000         92           5.71
               1.000 0.850000000000         92           6.67
               1.000 0.875000000000         92           8.00
               1.000 0.887500000000         92           8.89
               1.000 0.900000000000         92          10.00
               1.000 0.912500000000         92          11.43
               2.001 0.925000000000         99          13.33
               2.001 0.937500000000         99          16.00
               2.001 0.943750000000         99          17.78
               2.001 0.950000000000         99          20.00
               2.001 0.956250000000         99          22.86
               2.001 0.962500000000         99          26.67
               2.001 0.968750000000         99          32.00
               2.001 0.971875000000         99          35.56
               2.001 0.975000000000         99          40.00
               2.001 0.978125000000         99          45.71
               2.001 0.981250000000         99          53.33
               2.001 0.984375000000         99          64.00
               2.001 0.985937500000         99          71.11
               2.001 0.987500000000         99          80.00
               2.001 0.989062500000         99          91.43
         3601330.078 0.990625000000        100         106.67
         3601330.078 1.000000000000        100
        #[Mean    =    36003.604, StdDeviation   =   358220.878]
        #[Max     =  3601330.078, Total count    =          100]
        #[Buckets =           23, SubBuckets     =         2048]

        """

    @Test func thePercentilesAreThoseOfTheReference() {
        let connect = Fixture.spans().record.load.latency[.connect]
        #expect(PercentileFile(connect).render() == Self.distribution)
    }

    @Test func theLogIsWhatTheReferenceReads() {
        #expect(
            IntervalLog(Fixture.spans()).render() == """
                #[Histogram log format version 1.3]
                #[BaseTime: 1790000000.000 (seconds since epoch)]
                #[StartTime: 1790000000.000 (seconds since epoch), 2026-09-21 14:13:20 UTC]
                "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
                Tag=connect,0.000,96.000,3600000.000,HISTFAAAAC542pNpmSzMwMDAywABzFDqBRC7GexYwGD/ASLCyLJXbgvjX36+y6eZmADA7wmT

                """
        )
    }

    @Test func nothingHasNoPercentiles() {
        let lines = PercentileFile(LatencyHistogram()).render().split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[2].contains("Total count    =            0"))
    }

    /// More spans than could ever be added up as nanoseconds.
    @Test func hugeCountsDoNotOverflow() {
        var histogram = LatencyHistogram()
        histogram.record(LatencyHistogram.longest, count: LatencyHistogram.mostDecoded)
        #expect(PercentileFile(histogram).render().contains("9007199254740992"))
        #expect(!HistogramPayload.encode(histogram).isEmpty)
    }

    @Test func everyValueLiesWhereItsBucketSays() {
        var histogram = LatencyHistogram()
        var random = SplitMix64(seed: 3)
        for _ in 0..<2_000 { histogram.record(random.next() % (1 << (random.next() % 42))) }
        var last = -1
        for bucket in histogram.buckets {
            let index = HistogramLayout.index(of: bucket.value)
            #expect(index > last)
            #expect(HistogramLayout.index(of: HistogramLayout.lowest(of: bucket.value)) == index)
            #expect(HistogramLayout.index(of: bucket.value + 1) == index + 1)
            last = index
        }
    }
}
