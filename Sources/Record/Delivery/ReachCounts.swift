/// How many of the streams that had to get a message got it, over all messages that two streams or more had to get.
public struct ReachCounts: Codable, Equatable, Sendable {
    /// Messages that two streams or more had to get.
    public var messages: UInt64 = 0
    /// Of them, those that came to every one.
    public var whole: UInt64 = 0
    /// Of them, those that came to none, to one, to 2 or 3, to 4 to 7, and so on by powers of two.
    public var receivers: [UInt64] = []
    /// The fewest streams that had to get a message that came to but one; nil where there was none.
    public var fewest: UInt64?
    /// The most streams that had to get such a message; nil where there was none.
    public var most: UInt64?

    /// No message.
    public init() {}

    /// Messages that came to none.
    public var none: UInt64 { receivers.first ?? 0 }
    /// Messages that came to one stream and to no other.
    public var one: UInt64 { receivers.count > 1 ? receivers[1] : 0 }

    /// Notes a message; nothing where fewer than two streams had to get it.
    ///
    /// - Parameters:
    ///   - received: the streams that got it.
    ///   - lost: the streams that had to get it, and did not.
    public mutating func note(received: UInt64, lost: UInt64) {
        let owed = received.saturatingAdding(lost)
        guard owed >= 2 else { return }
        messages.saturatingAdd(1)
        if lost == 0 { whole.saturatingAdd(1) }
        let place = UInt64.bitWidth - received.leadingZeroBitCount
        while receivers.count <= place { receivers.append(0) }
        receivers[place].saturatingAdd(1)
        if received == 1 {
            fewest = min(fewest ?? owed, owed)
            most = max(most ?? owed, owed)
        }
    }

    /// Adds another's counts.
    public mutating func merge(_ other: ReachCounts) {
        messages.saturatingAdd(other.messages)
        whole.saturatingAdd(other.whole)
        for (place, count) in other.receivers.prefix(UInt64.bitWidth + 1).enumerated() {
            if place == receivers.count { receivers.append(0) }
            receivers[place].saturatingAdd(count)
        }
        fewest = [fewest, other.fewest].compactMap(\.self).min()
        most = [most, other.most].compactMap(\.self).max()
    }
}
