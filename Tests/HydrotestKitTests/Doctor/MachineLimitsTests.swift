import Testing

@testable import HydrotestKit

@Suite struct MachineLimitsTests {
    static let texts = [
        "fs/nr_open": "1048576\n",
        "fs/file-max": "9223372036854775807\n",
        "fs/epoll/max_user_watches": "5491533\n",
        "net/ipv4/ip_local_port_range": "32768\t60999\n",
        "net/ipv4/tcp_tw_reuse": "2\n",
        "net/core/somaxconn": "4096\n",
        "net/ipv4/tcp_max_syn_backlog": "2048\n",
        "net/netfilter/nf_conntrack_max": "262144\n",
        "net/ipv4/tcp_mem": "287901\t383869\t575802\n",
        "net/ipv4/tcp_rmem": "4096\t131072\t6291456\n",
    ]

    static func limits(descriptors: Int? = 20_000, memory: Int? = 1 << 30) -> MachineLimits {
        var limits = MachineLimits(processors: 2, mayVanish: false) { texts[$0] }
        limits.softDescriptors = descriptors.map { _ in 1_024 }
        limits.hardDescriptors = descriptors
        limits.memory = memory
        return limits
    }

    @Test func settingsAreReadFromTheirTexts() {
        let limits = Self.limits()
        #expect(limits.descriptorsOfAnyProcess == 1_048_576)
        #expect(limits.ports == 28_232)
        #expect(limits.reuse == 2)
        #expect(limits.backlog == 4_096)
        #expect(limits.tracked == 262_144)
        #expect(limits.receiveBuffer == 6_291_456)
        #expect(limits.socketMemory.map { $0 % 575_802 } == 0)
    }

    @Test(arguments: ["", "nonsense", "1 2 3 4"])
    func whatTheSystemDoesNotSayIsAbsent(text: String) {
        let limits = MachineLimits(processors: 1, mayVanish: true) { $0.hasSuffix("range") ? text : nil }
        #expect(limits.ports == nil)
        #expect(limits.backlog == nil)
        #expect(limits.socketMemory == nil)
        let report = DoctorReport(limits)
        #expect(report.plain == nil)
        #expect(report.checks.map(\.name) == ["processors", "CAP_NET_ADMIN"])
    }

    @Test func thisMachineTellsItsOwn() {
        let limits = MachineLimits.current()
        #expect((limits.hardDescriptors ?? 0) > 0)
        #expect((limits.ports ?? 0) > 0)
        #expect((limits.memory ?? 0) > 0)
    }
}
