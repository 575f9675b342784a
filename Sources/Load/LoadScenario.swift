/// A scenario's plan and where its connections go.
public struct LoadScenario: Sendable {
    /// What its connections do.
    public let plan: ScenarioPlan
    /// Where they go.
    public let endpoint: Endpoint

    /// A scenario from its parts.
    public init(plan: ScenarioPlan, endpoint: Endpoint) {
        self.plan = plan
        self.endpoint = endpoint
    }
}
