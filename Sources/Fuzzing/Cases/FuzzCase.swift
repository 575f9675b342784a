/// One thing that the fuzzer tries: the steps of one or several clients.
public struct FuzzCase: Equatable, Sendable {
    /// What it mutates.
    public var kind: CaseKind
    /// In which order the steps of different clients are carried out.
    public var order: CaseOrder
    /// The steps, in order.
    public var steps: [Step]

    init(_ kind: CaseKind, order: CaseOrder = .sequence, steps: [Step]) {
        self.kind = kind
        self.order = order
        self.steps = steps
    }

    /// The clients whose steps these are, in the order of their first steps.
    var clients: [Int] {
        var clients: [Int] = []
        for step in steps where !clients.contains(step.client) { clients.append(step.client) }
        return clients
    }

    /// Whether a client stops reading at some step, so that its socket is to buffer little.
    func stalls(_ client: Int) -> Bool { steps.contains { $0.client == client && $0.action == .stall } }
}
