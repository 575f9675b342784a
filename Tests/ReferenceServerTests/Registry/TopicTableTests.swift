import Testing

@testable import ReferenceServer

@Suite struct TopicTableTests {
    @Test(arguments: [false, true])
    func topicsWithoutSubscribersGo(keepingEmpty: Bool) {
        var table = TopicTable()
        table.add(["a", "b"])
        table.add(["a"])
        #expect(table.count == 2)
        #expect(table.subscriptions == 3)
        table.remove(["a", "b"], keepingEmpty: keepingEmpty)
        #expect(table.count == (keepingEmpty ? 2 : 1))
        table.remove(["a"], keepingEmpty: keepingEmpty)
        #expect(table.count == (keepingEmpty ? 2 : 0))
        #expect(table.subscriptions == 0)
        table.add(["b"])
        #expect(table.subscriptions == 1)
    }
}
