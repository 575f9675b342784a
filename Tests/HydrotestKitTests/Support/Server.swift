import EventLoop
import Foundation
import HydrotestKit
import ReferenceServer
import RunProfile
import Testing
import Vocabulary

/// The reference server in the tests' process, and profiles that have it as their target.
final class Server {
    let plain: TargetURL
    let tls: TargetURL
    private let server: ReferenceServer

    init(_ change: (inout ReferenceServerOptions) -> Void = { _ in }) throws {
        DescriptorLimit.raise()
        var options = ReferenceServerOptions()
        options.tlsPort = 0
        change(&options)
        server = try ReferenceServer(options)
        let addresses = try server.start()
        (plain, tls) = (addresses[0], addresses[1])
    }

    deinit { server.stop() }

    func address(_ path: String, tls isTLS: Bool = false) -> TargetURL {
        var url = isTLS ? tls : plain
        url.path = path
        return url
    }

    /// A profile with a probe of the server's state.
    func profile(_ scenarios: [Scenario], path: String = "/events?topics=news", tls: Bool = false) throws -> Profile {
        var profile = try Made.profile(address(path, tls: tls).description, scenarios)
        profile.target.tls.verify = false
        let gauges = ["clients", "timers", "subscriptions"].map {
            ProbeOptions.HTTPGauge(name: $0, pointer: "/\($0)")
        }
        var probe = ProbeOptions(name: "state", source: .http(.url(address("/debug/state")), gauges: gauges))
        probe.every = 50 * .perMillisecond
        profile.probes = [probe]
        return profile
    }

    /// One watch for all runs of the process, as its thread never ends.
    static let interrupts: InterruptWatch = {
        guard let watch = try? InterruptWatch() else { preconditionFailure("the system has no thread left") }
        return watch
    }()

    static func run(_ profile: Profile, workers: Int = 1) throws -> RunOutcome {
        var options = RunOptions()
        options.workers = workers
        return try ProfileRun(profile: profile, options: options, interrupts: interrupts).run()
    }
}
