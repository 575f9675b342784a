import Record
import Testing

@testable import Report

@Suite struct SeriesTextTests {
    private func series(_ values: [Double]) -> Series {
        var series = Series(unit: "streams")
        for (second, value) in values.enumerated() { series.append(Double(second), value) }
        return series
    }

    @Test func tellsPeakAndEnd() {
        #expect(SeriesText.course([series([0, 7, 2])]) == "It peaks at 7, 1.00 s into the run, and ends at 2.")
        #expect(SeriesText.course([series([0, 7]), series([3, 9])]) == "The highest value is 9.")
    }

    @Test func nothingIsSaidPlainly() {
        #expect(SeriesText.course([]) == "It was not recorded.")
        #expect(SeriesText.course([series([0, 0])]) == "There were none.")
    }

    @Test(arguments: ["streams", "arrivals", "events", "drops", "failures"])
    func everySeriesOfTheLoadIsExplained(name: String) {
        #expect(SeriesText.subject(name).hasSuffix("."))
        #expect(SeriesText.subject("state.clients").isEmpty)
    }
}
