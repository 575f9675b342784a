import Record
import Testing

@testable import Report

@Suite struct PlotReadoutTests {
    @Test(arguments: [
        (0, "0"), (400, "400"), (999_999, "999999"), (1_234_567, "1235e3"), (0.5, "5000e-4"), (-2.25, "-2250e-3"),
        (18_400_123.4, "1840e4"), (Double.nan, "0"), (1.5e300, "1500e297"),
    ])
    func valuesAreShort(value: Double, expected: String) {
        #expect(PlotReadout.text(value) == expected)
    }

    @Test(arguments: [0.123456, 98_765.4, 3.0e-9, 7.77e12])
    func valuesKeepFourDigits(value: Double) throws {
        let read = try #require(Double(PlotReadout.text(value)))
        #expect(abs(read - value) <= abs(value) * 0.000_5)
    }

    @Test func everyPointOfALineHasItsValue() throws {
        let named = Fixture.leakyRecord().load.latency.named
        let svg = try #require(SVGPercentileChart(id: "l", title: "", description: "", latencies: named).render())
        #expect(svg.contains("data-x=\"percentile\""))
        for path in svg.split(separator: "<path").dropFirst() where path.contains("data-values") {
            let values = path.split(separator: "data-values=\"")[1].prefix { $0 != "\"" }.split(separator: " ")
            #expect(values.count == path.split(separator: " d=\"")[1].prefix { $0 != "\"" }.split(separator: "L").count)
        }
    }
}
