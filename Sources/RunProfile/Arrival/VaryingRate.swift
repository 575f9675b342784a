/// A rate of arrivals that changes over time, and the crowds on top of it.
///
/// The crowds are a part of the scenario's connections; the rate starts the others.
public struct VaryingRate: Equatable, Sendable {
    /// The rate at the start, in connections per second.
    public var start: Double
    /// The ramps, one after the other; the last one's rate goes on.
    public var ramps: [RateRamp]
    /// The crowds, in any order.
    public var spikes: [ArrivalSpike]

    /// A rate from its parts; the last one must be above 0.
    public init(start: Double, ramps: [RateRamp] = [], spikes: [ArrivalSpike] = []) {
        self.start = start
        self.ramps = ramps
        self.spikes = spikes
    }
}
