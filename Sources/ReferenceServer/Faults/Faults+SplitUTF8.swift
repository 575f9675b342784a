import Vocabulary

extension Faults {
    static let splitUTF8 = FaultExplanation(
        "The first character of several bytes is cut after its first byte, and the rest sent as an event of its own."
    )

    /// The bytes of an event as they are sent.
    func cut(_ event: [UInt8]) -> [UInt8] {
        guard contains(.splitUTF8), let first = event.firstIndex(where: { $0 >= 0x80 }) else { return event }
        return event[...first] + Array("\n\ndata: ".utf8) + event[(first + 1)...]
    }
}
