/// How many threads carry a load where nobody says.
enum WorkerCount {
    /// The connections at once from which a further worker pays: below, its wakes cost more than it takes off the others.
    static let connectionsPerWorker = 2_000

    /// One worker a core, as far as each has enough to do.
    static func automatic(connections: Int, processors: Int) -> Int {
        min(max(1, processors), max(1, connections / connectionsPerWorker))
    }
}
