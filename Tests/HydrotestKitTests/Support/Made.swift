import RunProfile
import Testing
import Vocabulary

/// Profiles, made with few words.
enum Made {
    static func url(_ text: String) throws -> TargetURL { try #require(TargetURL(text)) }

    static func profile(_ address: String, _ scenarios: [Scenario]) throws -> Profile {
        var profile = Profile(name: "made", target: Target(address: .url(try url(address))), scenarios: scenarios)
        profile.seed = 42
        profile.leak.baseline = 50 * .perMillisecond
        profile.leak.settle = 300 * .perMillisecond
        return profile
    }

    static func holding(_ connections: Int, for hold: Nanoseconds, rate: Double? = nil) -> Scenario {
        var scenario = Scenario(name: "holders", connections: connections)
        scenario.hold = hold
        if let rate { scenario.arrival = .rate(rate) }
        return scenario
    }

    static func dropping(
        _ connections: Int,
        at stages: [Stage]?,
        _ manners: [Manner] = [.fin],
        rate: Double? = nil
    ) -> Scenario {
        var scenario = Scenario(name: "droppers", connections: connections)
        if let rate { scenario.arrival = .rate(rate) }
        var drop = DropOptions()
        drop.stages = stages
        drop.manners = manners
        drop.wait = 50 * .perMillisecond
        scenario.drop = drop
        return scenario
    }
}
