import Vocabulary

/// What became of the streams that were dropped all at once.
public struct MassDropRecord: Codable, Equatable, Sendable {
    /// When they were to be dropped, in ns since the load's start.
    public var at: Nanoseconds
    /// How.
    public var manner: Manner
    /// The streams that were open, and were dropped.
    public var closed: UInt64 = 0
    /// Those of them that were open again.
    public var returned: UInt64 = 0
    /// From the drop until the last of those that came back was open again, in ns; nil where none was.
    public var lastReturn: Nanoseconds?

    /// A drop that is still to be made.
    public init(at: Nanoseconds, manner: Manner) {
        self.at = at
        self.manner = manner
    }

    /// Whether every stream is back.
    public var isComplete: Bool { returned >= closed }

    /// The drops of two lists, those of one moment and manner as one, in order.
    static func merged(_ left: [MassDropRecord], _ right: [MassDropRecord]) -> [MassDropRecord] {
        let all = right.reduce(into: left) { all, drop in
            guard let index = all.firstIndex(where: { $0.at == drop.at && $0.manner == drop.manner }) else {
                return all.append(drop)
            }
            all[index].closed.saturatingAdd(drop.closed)
            all[index].returned.saturatingAdd(drop.returned)
            if let last = drop.lastReturn { all[index].lastReturn = max(all[index].lastReturn ?? 0, last) }
        }
        return all.sorted { ($0.at, $0.manner.order) < ($1.at, $1.manner.order) }
    }
}
