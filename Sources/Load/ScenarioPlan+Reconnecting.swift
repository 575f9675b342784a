import RunProfile
import Vocabulary

extension ScenarioPlan {
    /// What is added to a client's wait before it comes back, in ns.
    ///
    /// - Parameters:
    ///   - index: the client's position in the scenario, from 0.
    ///   - wait: the number of the wait among all of the client's, from 0.
    public func reconnectJitter(of index: Int, wait: Int) -> Nanoseconds {
        guard let range = scenario.reconnect?.jitter else { return 0 }
        var random = SplitMix64(seeds: seed, 3, UInt64(index), UInt64(wait))
        return Nanoseconds.random(in: range, using: &random)
    }
}
