/// When a scenario's connections start; but for ``keep(_:rate:)`` the schedule never waits for the server.
public enum Arrival: Equatable, Sendable {
    /// All at the start.
    case atOnce
    /// Evenly spaced; connections per second, above 0.
    case rate(Double)
    /// At a rate that changes over time, with crowds on top of it.
    case varying(VaryingRate)
    /// A number of connections is kept alive: each that ends, in whatever way, is replaced at once, until the
    /// scenario's `connections` have been started.
    ///
    /// The first ones arrive at the rate, in connections per second; at once where it is nil. This is a closed loop by
    /// its nature: a replacement's scheduled moment is the moment at which its place fell free, so that a server that
    /// is slow to end connections is asked for fewer of them.
    case keep(Int, rate: Double?)
    /// Level by level, as a climb opens its streams.
    case staircase(Staircase)

    /// The highest rate, in connections per second, spikes aside; nil where there is none.
    public var highestRate: Double? {
        switch self {
        case .atOnce: nil
        case .rate(let rate): rate
        case .varying(let varying): varying.ramps.reduce(varying.start) { max($0, $1.target) }
        case .keep(_, let rate): rate
        case .staircase(let staircase): staircase.rate
        }
    }
}
