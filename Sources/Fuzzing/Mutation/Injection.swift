import Vocabulary

/// Texts that forge a field where a server repeats them as they came.
enum Injection {
    private static let forged = Marker.forgedPrefix + Marker.placeholder

    /// A text for a query, percent-encoded: a line end, then a field.
    static func encoded(_ random: inout SplitMix64) -> String {
        let end = random.pick(["%0A", "%0D", "%0D%0A", "%0A%0A", "%E2%80%A8%0A"])
        let field = random.pick(["id:%20", "id:", "event:%20", "data:%20", "data:", "X-Forged:%20"])
        return end + field + forged + random.pick(["", "%0A", "%0A%0A", "%0D%0A%0D%0A"])
    }

    /// A text for a body.
    static func plain(_ random: inout SplitMix64) -> String {
        let end = random.pick(["\n", "\r", "\r\n", "\n\n", "\r\n\r\n"])
        let field = random.pick(["id: ", "event: ", "data: ", "event:", ":\ndata: "])
        return end + field + forged + random.pick(["", "\n", "\n\n"])
    }
}
