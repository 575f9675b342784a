import EventLoop
import Glibc
import Load
import RunProfile
import Vocabulary

/// Looks before the first connection whether the machine allows what the profile asks for.
struct Preflight {
    /// Descriptors kept for everything but connections: loops, probes, files, the runtime's own.
    static let reservedDescriptors = 96
    /// How long a connection is taken to live beside its hold, delay or wait, in ns.
    static let grace: Nanoseconds = 1 * .perSecond

    /// The most descriptors this process may open; raised as far as the system allows.
    let descriptorLimit: Int

    init() {
        descriptorLimit = DescriptorLimit.raise()
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
        let manners = profile.scenarios.flatMap { $0.drop?.manners ?? [] }
        if manners.contains(.vanish) { try checkVanish() }
    }

    private func checkVanish() throws(RunError) {
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
