import Record
import Testing
import Vocabulary

@testable import Report

@Suite struct ChartTests {
    private func lines(_ series: Series) -> SVGLineChart {
        SVGLineChart(
            id: "p",
            title: "<b>",
            description: "d",
            unit: "count",
            lines: [.init(name: "x", series: series)],
            phases: [],
            end: 0
        )
    }

    @Test func nothingToDrawGivesNoDrawing() {
        #expect(lines(Series(unit: "count")).render() == nil)
        var single = Series(unit: "count")
        single.append(1, 1)
        #expect(lines(single).render() == nil)
        #expect(
            SVGBarChart(id: "b", title: "", description: "", histogram: LatencyHistogram(), marks: [], late: nil)
                .render() == nil
        )
        #expect(
            SVGPercentileChart(id: "l", title: "", description: "", latencies: [("x", LatencyHistogram())]).render()
                == nil
        )
    }

    @Test func drawingsNameThemselves() throws {
        var series = Series(unit: "count")
        series.append(0, 0)
        series.append(10, 4)
        let svg = try #require(lines(series).render())
        #expect(svg.contains("role=\"img\" aria-labelledby=\"p-t p-d\""))
        #expect(svg.contains("<title id=\"p-t\">&lt;b&gt;</title>"))
        #expect(svg.contains("<desc id=\"p-d\">d</desc>"))
        // From the lower left corner of the plot to its upper right one.
        #expect(svg.contains("d=\"M56 182L458 10\""))
    }

    @Test func lateSpansAreMarked() throws {
        var histogram = LatencyHistogram()
        histogram.record(1 * .perSecond, count: 500)
        let onTime = SVGBarChart(
            id: "b",
            title: "",
            description: "",
            histogram: histogram,
            marks: [],
            late: 1_200_000_000
        )
        #expect(try #require(onTime.render()).contains("bar late") == false)
        histogram.record(1_800_000_000)
        let late = SVGBarChart(
            id: "b",
            title: "",
            description: "",
            histogram: histogram,
            marks: [],
            late: 1_200_000_000
        )
        let svg = try #require(late.render())
        #expect(svg.split(separator: "class=\"bar late\"").count == 2)
        #expect(svg.contains(": 500 intervals"))
    }

    @Test func eachMeasuredLatencyHasALine() throws {
        let named = Fixture.leakyRecord().load.latency.named
        let svg = try #require(SVGPercentileChart(id: "l", title: "", description: "", latencies: named).render())
        #expect(svg.split(separator: "<path").count == 5)
        #expect(!svg.contains("line c5"))
    }
}
