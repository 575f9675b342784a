import RunProfile
import Vocabulary

/// A share of the connections that replace others, where a scenario keeps a number of them alive.
///
/// The places that are kept are dealt out to the shards in turn, and with each place the positions that leave it as
/// their remainder. A shard fills any place of its own that falls free with its next position.
struct ReplacementArrivals {
    /// How many places the scenario keeps; 0 where it does not.
    private let placeCount: Int
    private let count: Int
    private let shard: Int
    private let shardCount: Int
    /// The position that comes next; ``count`` after the last.
    private var index: Int
    /// When places fell free, in order; those before ``filled`` have been filled again.
    private var moments: [Nanoseconds] = []
    private var filled = 0

    init(_ plan: ScenarioPlan, shard: Int, shardCount: Int) {
        if case .keep(let kept, _) = plan.scenario.arrival { placeCount = kept } else { placeCount = 0 }
        count = plan.count
        self.shard = shard
        self.shardCount = shardCount
        // A shard without a place has no positions either.
        index = shard < placeCount ? min(placeCount, plan.count) : plan.count
        skipOthers()
    }

    /// The connection that comes next; nil where no place is free, and after the last.
    var next: PlannedArrival? {
        index < count && filled < moments.count ? PlannedArrival(index: index, moment: moments[filled]) : nil
    }

    /// Goes on to the connection after ``next``.
    mutating func advance() {
        guard next != nil else { return }
        index += 1
        skipOthers()
        filled += 1
        guard 2 * filled >= moments.count else { return }
        moments.removeFirst(filled)
        filled = 0
    }

    /// Notes that a place fell free.
    ///
    /// - Returns: whether a connection is left to fill it.
    mutating func fallFree(at moment: Nanoseconds) -> Bool {
        guard index < count else { return false }
        moments.append(moment)
        return true
    }

    /// Goes on to a position of this shard.
    private mutating func skipOthers() {
        while index < count, index % placeCount % shardCount != shard { index += 1 }
    }
}
