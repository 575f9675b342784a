import Foundation
import RunProfile
import Testing

@testable import Journal

@Suite struct JournalTermsTests {
    @Test func theTermsComeBackAsTheyWere() throws {
        let thresholds = ThresholdMetric.all.map {
            Threshold(expression: "\($0.name) < 1", scenario: "held", metric: $0, comparison: .less, bound: 1)
        }
        var leak = LeakOptions()
        leak.tolerance = 2.5
        leak.byteTolerance = 1_024
        let terms = JournalTerms(thresholds: thresholds, leak: leak)
        let read = try JSONDecoder().decode(JournalTerms.self, from: try JSONEncoder().encode(terms))
        #expect(read.thresholds == thresholds)
        #expect(read.leak == leak)
    }
}
