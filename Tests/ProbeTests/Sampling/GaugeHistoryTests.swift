import Vocabulary
import Record
import Testing

@testable import Probe

struct GaugeHistoryTests {
    @Test func keepsValuesAndGapsApart() {
        var history = GaugeHistory()
        history.append(.gap("TIMEOUT"), at: 1)
        history.append(.value(5), at: 2)
        history.append(.gap("TIMEOUT"), at: 3)
        history.append(.gap("HTTP_500"), at: 4)
        history.addGaps(3, name: "HTTP_500", at: 5)
        #expect(history.gaps == ["TIMEOUT": .init(count: 2, firstTime: 1), "HTTP_500": .init(count: 4, firstTime: 4)])
        let recorded = history.recorded(unit: .bytes)
        #expect(recorded.t == [2])
        #expect(recorded.v == [5])
        #expect(recorded.unit == "bytes")
    }

    @Test func boundsTheNamesOfGaps() {
        var history = GaugeHistory()
        for number in 0..<100 { history.append(.gap("HTTP_\(number)"), at: Double(number)) }
        history.append(.gap("HTTP_0"), at: 100)
        let limit = GaugeHistory.gapNameLimit
        #expect(history.gaps.count == limit + 1)
        #expect(history.gaps["HTTP_0"]?.count == 2)
        #expect(history.gaps[GapName.other] == .init(count: UInt64(100 - limit), firstTime: Double(limit)))
    }
}
