import Load
import RunProfile

extension [LoadScenario] {
    /// One scenario for each endpoint, the first ones of a run.
    ///
    /// - Parameter most: endpoints that are told apart.
    func distinctEndpoints(most: Int) -> [LoadScenario] {
        var parts: [LoadScenario] = []
        for part in self where parts.count < most && !parts.contains(where: { $0.isSameEndpoint(as: part) }) {
            parts.append(part)
        }
        return parts
    }
}

extension LoadScenario {
    /// Whether the streams of both ask the same of the same server.
    func isSameEndpoint(as other: LoadScenario) -> Bool {
        let (own, its) = (plan.scenario, other.plan.scenario)
        return own.url == its.url && own.path == its.path && own.transport == its.transport
            && own.request == its.request
    }

    /// A scenario of one stream that asks what this one asks, and neither drops it, nor reads slowly, nor comes back.
    func plain(name: String) -> Scenario {
        let own = plan.scenario
        var scenario = Scenario(name: name, connections: 1)
        scenario.timeout = own.timeout
        scenario.transport = own.transport
        scenario.url = own.url
        scenario.path = own.path
        scenario.sources = own.sources
        scenario.request = own.request
        scenario.stream.until = own.stream.until
        return scenario
    }
}
