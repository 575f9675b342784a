import EventLoop
import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct SourceAddressesTests {
    private func address(_ text: String) throws -> SocketAddress { try #require(SocketAddress(text, port: 80)) }

    @Test(arguments: [
        (1, 0), (4_000, 0), (4_001, 2), (8_000, 2), (8_001, 3), (10_000_000, 2_500), (1_000_000_000, 64_000),
    ])
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

    private func scenario(_ first: String, through last: String) throws -> Scenario {
        var scenario = Made.holding(1, for: 1)
        let ends = try (#require(IPAddress(first)), #require(IPAddress(last)))
        scenario.sources = [try #require(AddressRange(ends.0, through: ends.1))]
        return scenario
    }

    @Test(arguments: [("127.0.1.254", "127.0.2.1", 4), ("::1", "::1", 1)])
    func namedAddressesAreTriedAndUsed(first: String, last: String, count: Int) throws {
        let sources = try SourceAddresses.named(scenario(first, through: last))
        #expect(sources.count == count)
        #expect(sources.allSatisfy { $0.isLoopback && $0.port == 0 })
    }

    /// Addresses of documentation networks are nobody's (RFC 5737; RFC 3849).
    @Test(arguments: ["192.0.2.7", "2001:db8::7"])
    func anAddressOfNobodyIsRefusedByName(address: String) throws {
        let scenario = try scenario(address, through: address)
        let error = try #require(throws: RunError.self) { try SourceAddresses.named(scenario) }
        #expect(error.exitCode == ExitCode.badProfile)
        #expect(
            error.description.contains(
                "scenario \"holders\": connections cannot come from the source address \(address): EADDRNOTAVAIL"
            )
        )
    }
}
