import Vocabulary

extension Faults {
    static let idInjection = FaultExplanation(
        "The first event repeats the query's lastEventId and topics as they came: a line end in one forges a field."
    )

    /// Adds what a client has sent to the event that it is greeted with.
    func repeatRequest(_ request: EventStreamRequest, in event: inout [UInt8]) {
        guard contains(.idInjection) else { return }
        let id = request.lastEventID.map { "id: \($0)\n" } ?? ""
        // Before the empty line that ends the event.
        event.removeLast()
        event += Array("\(id): topics \(request.topics.joined(separator: ","))\n\n".utf8)
    }
}
