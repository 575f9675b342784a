/// How many threads carry a load where nobody says: one a core, as far as each has enough to do.
///
/// Every further loop wakes by itself, so that two which are mostly idle cost more than one. The costs are rounded up
/// from the project's own benchmark; they only have to be of the right order.
struct WorkerCount {
    /// What it costs to open a plain stream, in seconds of processor time.
    static let plainOpening = 60e-6
    /// What it costs to open a TLS stream, in seconds of processor time.
    static let tlsOpening = 500e-6
    /// What a stream costs that receives an event or a beat a second, in seconds of processor time a second.
    static let holding = 10e-6
    /// How busy a worker may be before another shares its work.
    static let mostBusy = 0.5

    /// Seconds of processor time that the load takes in its busiest second.
    private(set) var busy = 0.0

    /// Adds a scenario.
    ///
    /// - Parameters:
    ///   - connections: how many it has at once.
    ///   - rate: how many it starts in its busiest second.
    mutating func add(connections: Int, rate: Double, isTLS: Bool) {
        busy += Double(connections) * Self.holding + rate * (isTLS ? Self.tlsOpening : Self.plainOpening)
    }

    /// The workers for this machine.
    func workers(processors: Int) -> Int {
        let wanted = (busy / Self.mostBusy).rounded(.up)
        return wanted < Double(processors) ? max(1, Int(wanted)) : max(1, processors)
    }
}
