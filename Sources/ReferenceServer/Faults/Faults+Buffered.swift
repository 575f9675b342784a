import Vocabulary

extension Faults {
    static let buffered = FaultExplanation(
        "A stream's events and heartbeats are held back until there are 4 KiB of them."
    )

    /// Bytes that must be there before any is sent.
    static let bufferBytes = 4 << 10

    /// The bytes of a stream that are sent now.
    ///
    /// - Parameters:
    ///   - bytes: what would be sent.
    ///   - headBytes: how many of them, from the first, are the response's head, which is not held back.
    ///   - heldBack: what was not sent before.
    func released(_ bytes: [UInt8], headBytes: Int, heldBack: inout [UInt8]) -> [UInt8] {
        guard contains(.buffered) else { return bytes }
        heldBack += bytes[headBytes...]
        guard heldBack.count >= Self.bufferBytes else { return Array(bytes[..<headBytes]) }
        defer { heldBack = [] }
        return bytes[..<headBytes] + heldBack
    }
}
