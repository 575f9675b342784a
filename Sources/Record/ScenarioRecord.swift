/// What the connections of one scenario did.
public struct ScenarioRecord: Codable, Equatable, Sendable {
    /// The scenario's name.
    public var name: String
    /// What its connections did: what is counted for each connection; stages, drops and the event loops' lag are not.
    public var load: LoadRecord

    /// A record from its parts.
    public init(name: String, load: LoadRecord) {
        self.name = name
        self.load = load
    }

    /// The scenarios of two loads, those of one name as one, in the order of their first appearance.
    static func merged(_ left: [ScenarioRecord], _ right: [ScenarioRecord]) -> [ScenarioRecord] {
        right.reduce(into: left) { all, scenario in
            if let index = all.firstIndex(where: { $0.name == scenario.name }) {
                all[index].load.merge(scenario.load)
            } else {
                all.append(scenario)
            }
        }
    }
}
