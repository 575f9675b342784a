import Testing

@testable import HydrotestKit

@Suite struct WorkerCountTests {
    @Test(
        arguments: [
            (0, 0, false, 4, 1), (200, 200, true, 4, 1), (18_000, 2_000, false, 4, 1), (100_000, 2_000, false, 16, 3),
            (5_000, 2_000, true, 16, 3), (5_000, 2_000, true, 2, 2), (5_000, 1e300, true, 8, 8), (10, 10, true, 0, 1),
        ] as [(Int, Double, Bool, Int, Int)]
    )
    func asManyAsHaveEnoughToDo(connections: Int, rate: Double, isTLS: Bool, processors: Int, workers: Int) {
        var count = WorkerCount()
        count.add(connections: connections, rate: rate, isTLS: isTLS)
        #expect(count.workers(processors: processors) == workers)
    }

    @Test func scenariosAddUp() {
        var count = WorkerCount()
        for _ in 0..<3 { count.add(connections: 0, rate: 800, isTLS: true) }
        #expect(count.workers(processors: 16) == 3)
    }
}
