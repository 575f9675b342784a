import EventLoop
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct SourceAddressesTests {
    private func address(_ text: String) throws -> SocketAddress { try #require(SocketAddress(text, port: 80)) }

    @Test(arguments: [(1, 0), (20_000, 0), (20_001, 2), (40_000, 2), (40_001, 3), (10_000_000, 500)])
    func oneAddressForSoManyConnections(connections: Int, count: Int) throws {
        let sources = SourceAddresses.spread(connections, to: try address("127.0.0.1"))
        #expect(sources.count == count)
        #expect(Set(sources.map(\.description)).count == count)
        #expect(sources.allSatisfy { $0.isLoopback && $0.port == 0 })
    }

    @Test(arguments: ["::1", "192.0.2.1"])
    func onlyTheIPv4LoopHasMany(target: String) throws {
        #expect(SourceAddresses.spread(100_000, to: try address(target)).isEmpty)
    }

    @Test func tooFewPortsAreRefusedWithTheNumberThatFits() throws {
        let range = SourceAddresses.portRange()
        #expect((1...65_536).contains(range))
        let target = try address("127.0.0.1")
        try SourceAddresses.check(concurrent: range, to: target, sources: 0)
        try SourceAddresses.check(concurrent: 2 * range, to: target, sources: 2)
        let error = try #require(throws: RunError.self) {
            try SourceAddresses.check(concurrent: 2 * range + 1, to: target, sources: 2)
        }
        #expect(error.exitCode == ExitCode.badProfile)
        #expect(error.description.contains("\(NumberText.grouped(2 * range)) fit"))
    }
}
