import Load
import RunProfile
import Vocabulary

/// Whether the server still serves the run's own endpoints: without that, what a trial leaves says nothing.
final class ServiceWatch {
    /// One scenario for each endpoint.
    let parts: [LoadScenario]
    /// The names of all scenarios of each endpoint, by the name of its part.
    let names: [String: Set<String>]
    /// When each endpoint was served last, in seconds since the run's start; only those that were served at all.
    var lastServed: [String: Double] = [:]
    /// The first failure since, and the drops that had been made by then.
    var failing: [String: (since: Double, drops: UInt64)] = [:]
    /// When a gauge last rose by a cycle, in seconds since the run's start: the server served then.
    var lastRise = 0.0
    /// Drops of the load that is over, and of all trials since.
    var drops: UInt64 = 0
    /// Endpoints whose streams the load itself never opens, to be looked at beside it.
    let unseen: [LoadScenario]
    /// The look beside the load that is under way.
    var beside: Canary?
    /// When the next one is due, in ns of the monotonic clock.
    var next: Nanoseconds = 0

    init(_ scenarios: [LoadScenario]) {
        parts = scenarios.distinctEndpoints(most: Canary.Limits.endpoints)
        let groups = parts.map { part in (part, scenarios.filter { $0.isSameEndpoint(as: part) }) }
        names = Dictionary(
            groups.map { ($0.plan.scenario.name, Set($1.map(\.plan.scenario.name))) }
        ) { first, _ in first }
        unseen = groups.filter { _, scenarios in
            scenarios.allSatisfy { scenario in
                !scenario.plan.cards.isEmpty && scenario.plan.cards.allSatisfy { $0.stage < .headersReceived }
            }
        }
        .map(\.0)
    }
}
