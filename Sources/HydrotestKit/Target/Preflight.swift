import EventLoop
import Glibc
import Load
import RunProfile
import Vocabulary

/// Looks before the first connection whether the machine allows what the profile asks for.
struct Preflight {
    /// Descriptors kept for everything but connections: loops, probes, files, the runtime's own.
    static let reservedDescriptors = 96
    /// What a plain connection takes, most of it the kernel's, in bytes.
    static let plainConnectionBytes = 6 << 10
    /// What a TLS connection takes, most of it OpenSSL's, in bytes.
    static let tlsConnectionBytes = 32 << 10
    /// How long a connection is taken to live beside its hold, delay or wait, in ns.
    static let grace: Nanoseconds = 1 * .perSecond

    /// The most descriptors this process may open; raised as far as the system allows.
    let descriptorLimit: Int

    /// The memory that can be had, in bytes; nil where the system does not say.
    let memory: Int?

    init() {
        descriptorLimit = DescriptorLimit.raise()
        memory = MemoryLimit.available()
    }

    init(descriptorLimit: Int, memory: Int?) {
        self.descriptorLimit = descriptorLimit
        self.memory = memory
    }

    /// The most connections that a scenario has at once, if none lives longer than it is taken to.
    ///
    /// Connections that keep a number alive are never more than that number; of others no more are there than start
    /// within a lifetime.
    static func concurrency(_ scenario: Scenario) -> Int {
        if case .keep(let kept, _) = scenario.arrival { return min(kept, scenario.connections) }
        var lifetime = grace + (scenario.hold ?? 0)
        if let drop = scenario.drop {
            lifetime += drop.delay.upperBound
            // Until its event comes.
            if drop.events != nil { lifetime += scenario.timeout }
            if drop.manners.contains(where: { $0 == .halfClose || $0 == .stall }) { lifetime += drop.wait }
        }
        return ArrivalSchedule(scenario.arrival, connections: scenario.connections).most(within: lifetime)
    }

    /// Checks descriptors and capabilities.
    ///
    /// - Throws: ``RunError/refused(_:)`` with the number that fits.
    func check(_ profile: Profile) throws(RunError) {
        let needed = profile.scenarios.reduce(0) { $0 + Self.concurrency($1) }
        let fitting = descriptorLimit - Self.reservedDescriptors
        let advice = profile.capacity == nil ? "`connections`, `hold` or the arrival rate" : "`capacity.to`"
        guard needed <= fitting else {
            throw .refused(
                """
                too few descriptors: the scenarios hold up to \(NumberText.grouped(needed)) connections at once, but this \
                process may open \(NumberText.grouped(descriptorLimit)) descriptors; \(NumberText.grouped(max(0, fitting))) \
                connections fit. Lower \(advice), or raise the limit (ulimit -n \
                \(needed + Self.reservedDescriptors)).
                """
            )
        }
        try checkMemory(profile)
        let manners = profile.scenarios.flatMap { $0.drop?.manners ?? [] }
        let returning = profile.scenarios.compactMap { $0.reconnect?.drop?.manner }
        if (manners + returning).contains(.vanish) { try Self.checkVanish() }
    }

    /// What the connections at once take of this machine's memory, on this side of their sockets only.
    private func checkMemory(_ profile: Profile) throws(RunError) {
        guard let memory else { return }
        let needs = profile.scenarios.map { scenario in
            (
                count: Self.concurrency(scenario),
                bytes: Self.usesTLS(scenario, profile) ? Self.tlsConnectionBytes : Self.plainConnectionBytes
            )
        }
        let needed = needs.reduce(0) { $0 + $1.count * $1.bytes }
        guard needed > memory else { return }
        let count = needs.reduce(0) { $0 + $1.count }
        let fitting = Int(Double(count) * Double(memory) / Double(needed))
        throw .refused(
            """
            too little memory: \(NumberText.grouped(count)) connections at once take about \(NumberText.bytes(Double(needed))), but \
            \(NumberText.bytes(Double(memory))) can be had; \(NumberText.grouped(fitting)) connections fit. Lower \
            `connections`, `hold` or the arrival rate, or give the machine or its container more memory.
            """
        )
    }

    /// Whether a scenario's connections are TLS ones.
    static func usesTLS(_ scenario: Scenario, _ profile: Profile) -> Bool {
        if let url = scenario.url { return url.tls }
        return switch profile.target.address {
        case .reference: scenario.transport == .tls
        case .url(let url): url.tls
        }
    }

    /// Checks that the process may make sockets vanish.
    ///
    /// - Throws: ``RunError/refused(_:)`` with what gives the capability.
    static func checkVanish() throws(RunError) {
        do throws(SystemError) {
            let descriptor = try Socket.open(family: AF_INET)
            defer { Socket.close(descriptor) }
            try Socket.vanishOnClose(descriptor)
        } catch {
            throw .refused(
                """
                the manner `vanish` needs the capability CAP_NET_ADMIN (TCP_REPAIR answered \(error.name)); run as root, \
                give it with `setcap cap_net_admin+ep`, or leave `vanish` out of the manners
                """
            )
        }
    }
}
