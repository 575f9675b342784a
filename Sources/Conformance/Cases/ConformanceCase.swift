/// One numbered requirement, and the function that judges it.
public struct ConformanceCase: Sendable {
    /// Judges what was observed; throws ``Unjudged`` where it cannot.
    typealias Judge = @Sendable (Observations) throws -> Outcome

    /// The number, after the section's: the 2 of 3.2.
    public let number: Int
    /// A few words.
    public let title: String
    /// How much it binds.
    public let level: RequirementLevel
    /// What the standard requires, as it says it.
    public let requirement: String
    /// The standard and its section.
    public let source: String
    /// The exchanges that it judges.
    public let exchanges: [ExchangeName]
    private let judge: Judge

    /// A case from its parts.
    ///
    /// - Parameters:
    ///   - exchanges: what it judges; an exchange that nobody asks for is not carried out.
    ///   - requirement: the standard's sentence.
    ///   - source: the standard and its section.
    init(
        _ number: Int,
        _ title: String,
        _ level: RequirementLevel,
        of exchanges: ExchangeName...,
        requires requirement: String,
        source: String,
        judge: @escaping Judge
    ) {
        self.number = number
        self.title = title
        self.level = level
        self.exchanges = exchanges
        self.requirement = requirement
        self.source = source
        self.judge = judge
    }

    /// What is sent, in a sentence.
    public var sent: String { exchanges.map(\.sentence).joined(separator: " ") }

    /// Judges what was observed.
    public func outcome(of observations: Observations) -> Outcome {
        // What did not come until then might still have come.
        guard !exchanges.contains(where: { observations.records[$0]?.end == .interrupted }) else {
            return .notMeasured("interrupted")
        }
        do {
            return try judge(observations)
        } catch {
            return (error as? Unjudged)?.outcome ?? .notMeasured("\(error)")
        }
    }
}
