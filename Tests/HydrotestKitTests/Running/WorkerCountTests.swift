import Testing

@testable import HydrotestKit

@Suite struct WorkerCountTests {
    @Test(arguments: [(1, 8, 1), (3_999, 8, 1), (4_000, 8, 2), (18_000, 2, 2), (18_000, 16, 9), (0, 4, 1)])
    func asManyAsHaveEnoughToDo(connections: Int, processors: Int, workers: Int) {
        #expect(WorkerCount.automatic(connections: connections, processors: processors) == workers)
    }
}
