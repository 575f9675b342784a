import Record
import Testing

@testable import Report

@Suite struct PhaseBandsTests {
    @Test func labelsDoNotOverlap() {
        let bands = PhaseBands(Fixture.phases, axis: .time(upTo: 96), width: SVGCanvas.plotWidth)
        #expect(bands.bands.compactMap(\.row).count == 6)
        #expect(bands.rows == 3)
        for row in 0..<bands.rows {
            let spans = bands.bands.filter { $0.row == row }.map { band -> ClosedRange<Double> in
                let width = Double(band.phase.name.rawValue.count) * PhaseBands.characterWidth
                return band.isAtEnd ? band.labelX - width...band.labelX : band.labelX...band.labelX + width
            }
            #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
            #expect(spans.allSatisfy { $0.upperBound <= SVGCanvas.plotWidth })
        }
    }

    @Test func whatHasNoRoomHasNoLabel() {
        let crowd = (0..<6).map { Phase(name: .attribution, start: Double($0) * 0.1, end: Double($0) * 0.1 + 0.1) }
        let bands = PhaseBands(crowd, axis: .time(upTo: 100), width: SVGCanvas.plotWidth)
        #expect(bands.bands.count == 6)
        #expect(bands.bands.compactMap(\.row).count == 3)
    }

    @Test func noPhasesNoRows() {
        #expect(PhaseBands([], axis: .time(upTo: 1), width: 400).rows == 0)
    }
}
