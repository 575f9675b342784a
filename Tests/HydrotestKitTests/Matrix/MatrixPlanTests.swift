import Record
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct MatrixPlanTests {
    private let cells = Stage.passed(tls: false).map { MatrixCell(stage: $0, manner: .fin) }

    @Test func everyCellComesOnceInEachRound() {
        let plan = MatrixPlan(cells, cycles: 5, idle: 4, seed: 42)
        let dealt = plan.steps.compactMap(\.self)
        #expect(plan.steps.count == 5 * cells.count + 4)
        for round in 0..<5 {
            #expect(Set(dealt[(round * cells.count)..<((round + 1) * cells.count)]) == Set(cells))
        }
        #expect(Array(dealt[..<cells.count]) != Array(dealt[cells.count..<(2 * cells.count)]))
    }

    @Test func idleCyclesAreSpreadOverTheWhole() {
        let plan = MatrixPlan(cells, cycles: 8, idle: 4, seed: 1)
        let places = plan.steps.indices.filter { plan.steps[$0] == nil }
        let part = plan.steps.count / 4
        #expect(places.count == 4)
        for (index, place) in places.enumerated() { #expect(((index * part)..<((index + 1) * part)).contains(place)) }
    }

    @Test func theSeedDecides() {
        func steps(_ seed: UInt64) -> [MatrixCell?] { MatrixPlan(cells, cycles: 3, idle: 2, seed: seed).steps }
        #expect(steps(1) == steps(1))
        #expect(steps(1) != steps(2))
    }
}
